package org.timeball.core.brain;

import java.util.Optional;
import org.timeball.core.ClockReading;
import org.timeball.core.nts.client.NtsTools;

/**
 * What the brain is handed for Network Time Security with servers.
 *
 * @param tools ciphers and randomness
 * @param kept what an earlier run wrote by {@link org.timeball.core.Action.KeepCookies}; empty if
 *     nothing
 * @param realTimeClock what a clock with a battery shows, and when that was read on the raw scale
 */
public record NtsSetup(NtsTools tools, String kept, Optional<ClockReading> realTimeClock) {
  /** For those who use no Network Time Security. */
  public static final NtsSetup NONE = new NtsSetup(NtsTools.NONE, "", Optional.empty());
}
