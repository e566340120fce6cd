package org.timeball.sim.node;

import java.util.List;
import java.util.Optional;
import org.timeball.core.brain.BrainSettings;
import org.timeball.core.brain.Role;
import org.timeball.core.discipline.SteeringPolicy;
import org.timeball.core.refclock.RefclockSettings;
import org.timeball.core.select.Standing;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.SourceSettings;
import org.timeball.core.source.UpstreamSettings;
import org.timeball.time.ReferenceId;

/** Settings of brains in a world, everything by default that a daemon has by default. */
public final class BrainSetup {
  /** Nothing in a world takes longer to read than that: about 2 ns. */
  private static final int PRECISION_EXPONENT = -29;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private BrainSetup() {}

  /** Follows these. */
  public static BrainSettings of(List<SourceSettings> receivers, List<UpstreamSettings> servers) {
    return of(receivers, servers, SteeringPolicy.DEFAULT, Role.PLAIN);
  }

  /** Follows these, steers by this policy, and has a place among other servers. */
  public static BrainSettings of(
      List<SourceSettings> receivers,
      List<UpstreamSettings> servers,
      SteeringPolicy steering,
      Role role) {
    BrainSettings defaults = BrainSettings.of(receivers, PRECISION_EXPONENT);
    return new BrainSettings(
        receivers,
        defaults.minimumSources(),
        steering,
        defaults.holdoverBound(),
        defaults.jumpConfirmation(),
        defaults.largestJump(),
        defaults.precisionExponent(),
        defaults.saveInterval(),
        servers,
        List.of(),
        role);
  }

  /**
   * A server on another node.
   *
   * @param notBeforeUnixSeconds no time before this can be true
   */
  public static UpstreamSettings server(
      int node, int minimumPoll, int maximumPoll, long notBeforeUnixSeconds) {
    return new UpstreamSettings(
        AssociationSettings.of(BrainNode.nameOf(node), minimumPoll, maximumPoll),
        Standing.PLAIN,
        notBeforeUnixSeconds * NANOS_PER_SECOND);
  }

  /**
   * A peer on another node.
   *
   * @param notBeforeUnixSeconds no time before this can be true
   */
  public static UpstreamSettings peer(
      int node, int minimumPoll, int maximumPoll, long notBeforeUnixSeconds) {
    return new UpstreamSettings(
        AssociationSettings.of(BrainNode.nameOf(node), minimumPoll, maximumPoll),
        Standing.PLAIN,
        notBeforeUnixSeconds * NANOS_PER_SECOND,
        0,
        UpstreamSettings.Kind.PEER,
        Optional.empty());
  }

  /**
   * A receiver on this machine; see {@link BrainNode#attach}.
   *
   * @param notBeforeUnixSeconds no time before this can be true
   */
  public static SourceSettings receiver(String name, long notBeforeUnixSeconds) {
    return new SourceSettings(
        RefclockSettings.of(
            name, name, ReceiverHat.pulseLine(name), notBeforeUnixSeconds * NANOS_PER_SECOND),
        ReferenceId.ofText("GPS"),
        Standing.PLAIN);
  }
}
