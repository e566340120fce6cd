/**
 * A clock that writes one line a second, {@code 2026-11-23 12:00:00 A}: a small, whole driver to
 * copy. {@code A} means that the clock vouches for its time, {@code V} that it does not.
 *
 * <p>Start at {@link org.timeball.driver.template.TemplateProvider}; the work is in {@link
 * org.timeball.driver.template.TemplateDriver}.
 */
package org.timeball.driver.template;
