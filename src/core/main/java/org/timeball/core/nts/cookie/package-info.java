/**
 * Cookies: the keys of a client, sealed so that the server need not remember them (RFC 8915,
 * section 6).
 *
 * <p>{@link org.timeball.core.nts.cookie.CookieSecrets} is what is kept on disk and shared by a
 * fleet, {@link org.timeball.core.nts.cookie.CookieKeyRing} what follows from it at one moment and
 * all threads read, {@link org.timeball.core.nts.cookie.CookieSealer} what each packet thread has.
 */
package org.timeball.core.nts.cookie;
