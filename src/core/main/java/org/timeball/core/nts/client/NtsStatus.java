package org.timeball.core.nts.client;

import java.util.Map;

/**
 * What there is to tell about Network Time Security with one server.
 *
 * @param keyServer where keys are fetched
 * @param algorithm of the keys; empty if there are none
 * @param timeServer whom the time is asked of; empty if there are no keys
 * @param certificate when it is valid; empty if there are no keys
 * @param certificateConfirmed whether that was checked by time that is known
 * @param cookies how many are left
 * @param attempts how often keys were to be fetched since the start
 * @param failures how often that failed
 * @param failureReasons the same, by reason
 * @param authentic replies that were the server's
 * @param cookiesRefused kisses NTSN, genuine or not
 * @param ignored other replies that were not authentic
 * @param trouble why there are no keys, or no new ones; empty if nothing is wrong
 */
public record NtsStatus(
    String keyServer,
    String algorithm,
    String timeServer,
    String certificate,
    boolean certificateConfirmed,
    int cookies,
    long attempts,
    long failures,
    Map<String, Long> failureReasons,
    long authentic,
    long cookiesRefused,
    long ignored,
    String trouble) {
  public NtsStatus {
    failureReasons = Map.copyOf(failureReasons);
  }
}
