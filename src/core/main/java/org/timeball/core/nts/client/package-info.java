/**
 * Network Time Security as a client: when keys are fetched, which cookie goes into which request,
 * what is kept across a restart.
 *
 * <p>Start at {@link org.timeball.core.nts.client.NtsSession}.
 *
 * <p>Invariants: no cookie is used twice, not even after a power cut, because a cookie is either
 * among those in use or among those on disk; nobody can make us fetch keys more often than the
 * pauses of {@link org.timeball.core.nts.client.KeBackOff} allow.
 */
package org.timeball.core.nts.client;
