package org.timeball.core.brain;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.timeball.core.broadcast.BroadcastServerSettings;
import org.timeball.core.discipline.SteeringPolicy;
import org.timeball.core.source.SourceSettings;
import org.timeball.core.source.UpstreamSettings;

/**
 * What the brain needs of the configuration.
 *
 * @param sources reference clocks, in the order of the configuration; names are unique
 * @param minimumSources how many must agree before any is followed
 * @param steering thresholds for stepping and slewing
 * @param holdoverBound seconds; while nothing is heard and the error may be larger than this,
 *     replies say that the server is not synchronised
 * @param jumpConfirmation seconds a source's jump must last before it is followed
 * @param largestJump seconds; a larger jump of a source is not followed while the clock is known
 * @param precisionExponent log2 of the served clock's precision in seconds, as measured
 * @param saveInterval seconds between two savings of what was learned
 * @param servers on the network, in the order of the configuration; names differ from those of all
 *     sources
 * @param broadcasts networks to which time is sent unasked; names differ from those of all sources
 * @param role what is special about its place among others
 */
public record BrainSettings(
    List<SourceSettings> sources,
    int minimumSources,
    SteeringPolicy steering,
    double holdoverBound,
    double jumpConfirmation,
    double largestJump,
    int precisionExponent,
    double saveInterval,
    List<UpstreamSettings> servers,
    List<BroadcastServerSettings> broadcasts,
    Role role) {

  /** Seconds: chosen; three quarters of clients' usual limit for a whole path is still left. */
  public static final double DEFAULT_HOLDOVER_BOUND = 0.1;

  /** Seconds, as long as ntpd waits before it steps. */
  public static final double DEFAULT_JUMP_CONFIRMATION = 300;

  /** Seconds: PANICT (RFC 5905, section 12). */
  public static final double DEFAULT_LARGEST_JUMP = 1000;

  public BrainSettings {
    sources = List.copyOf(sources);
    servers = List.copyOf(servers);
    broadcasts = List.copyOf(broadcasts);
    long names =
        Stream.of(
                sources.stream().map(s -> s.refclock().name()),
                servers.stream().map(UpstreamSettings::name),
                broadcasts.stream().map(BroadcastServerSettings::name))
            .flatMap(Function.identity())
            .distinct()
            .count();
    if (names != sources.size() + servers.size() + broadcasts.size()) {
      throw new IllegalArgumentException("two sources or networks have the same name");
    }
    if (minimumSources < 1) {
      throw new IllegalArgumentException("minimumSources " + minimumSources + " is below 1");
    }
    requirePositive("holdoverBound", holdoverBound);
    requirePositive("jumpConfirmation", jumpConfirmation);
    requirePositive("largestJump", largestJump);
    requirePositive("saveInterval", saveInterval);
    if (precisionExponent < -32 || precisionExponent > 0) {
      throw new IllegalArgumentException(
          "precisionExponent " + precisionExponent + " is outside -32 to 0");
    }
  }

  /** Nothing is sent unasked. */
  public BrainSettings(
      List<SourceSettings> sources,
      int minimumSources,
      SteeringPolicy steering,
      double holdoverBound,
      double jumpConfirmation,
      double largestJump,
      int precisionExponent,
      double saveInterval,
      List<UpstreamSettings> servers) {
    this(
        sources,
        minimumSources,
        steering,
        holdoverBound,
        jumpConfirmation,
        largestJump,
        precisionExponent,
        saveInterval,
        servers,
        List.of(),
        Role.PLAIN);
  }

  /** These sources, all else by default. */
  public static BrainSettings of(List<SourceSettings> sources, int precisionExponent) {
    return new BrainSettings(
        sources,
        1,
        SteeringPolicy.DEFAULT,
        DEFAULT_HOLDOVER_BOUND,
        DEFAULT_JUMP_CONFIRMATION,
        DEFAULT_LARGEST_JUMP,
        precisionExponent,
        3600,
        List.of());
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " " + value + " s is not above 0");
    }
  }
}
