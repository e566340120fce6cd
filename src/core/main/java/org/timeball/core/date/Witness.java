package org.timeball.core.date;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.timeball.core.packet.PacketKeys;
import org.timeball.core.select.Candidate;
import org.timeball.core.select.Candidate.Fit;
import org.timeball.core.select.Standing;
import org.timeball.core.source.AssociationSeal;
import org.timeball.core.source.AssociationSettings;
import org.timeball.core.source.ClientAssociation;
import org.timeball.core.source.PacketTest;
import org.timeball.core.source.Reception;
import org.timeball.time.ReferenceId;

/**
 * One server that is asked for the date, and the best of its answers: the one with the shortest
 * delay, whose offset is the least disturbed. Belongs to one thread at a time.
 */
public final class Witness {
  /** Seconds; MAXDIST of RFC 5905, section 12, with ntpd's value. */
  private static final double LARGEST_ROOT_DISTANCE = 1.5;

  /** Chosen: what a counter that nobody has looked after may be wrong by. */
  private static final double RATE_ERROR = 100e-6;

  private final String name;
  private final ClientAssociation association;
  private final Map<String, Long> dropped = new TreeMap<>();
  private Optional<Reception.Exchange> best = Optional.empty();
  private boolean rated;
  private int asked;
  private int answered;
  private String address = "";
  private String trouble = "";

  /**
   * @param settings only name, version and key matter
   * @param keys hold the key that the settings name
   * @param ownReferenceIds what servers that follow this machine name as their reference
   */
  public Witness(AssociationSettings settings, PacketKeys keys, Set<ReferenceId> ownReferenceIds) {
    name = settings.name();
    association =
        new ClientAssociation(
            settings, new AssociationSeal(settings.keyId(), keys), ownReferenceIds, 0);
  }

  /** As the operator named it. */
  public String name() {
    return name;
  }

  /** Whether it may be asked once more: it has not told us to go away or to slow down. */
  public boolean isWilling() {
    return !association.isDenied() && !rated;
  }

  /** Where it is, for people. */
  public void isAt(String foundAddress) {
    address = foundAddress;
  }

  /** It could not be asked; a sentence for people. */
  public void isOutOfReach(String reason) {
    trouble = reason;
  }

  /**
   * Makes a request.
   *
   * @param nonce 64 unpredictable bits
   */
  public byte[] ask(long nowRawNanos, long nonce) {
    asked++;
    return association.poll(nowRawNanos, nonce);
  }

  /**
   * Takes a datagram that came from this server.
   *
   * @param nonce of the request that it came for
   * @param sentRawNanos when that left
   * @param pivotUnixNanos the present within 68 years, to know the era
   * @return whether the request is answered, so that no more need be waited for
   */
  public boolean hear(
      ByteBuffer packet, long nonce, long sentRawNanos, long arrivalRawNanos, long pivotUnixNanos) {
    association.departed(nonce, sentRawNanos);
    Reception reception =
        association.receive(packet, packet.limit(), arrivalRawNanos, pivotUnixNanos);
    return switch (reception) {
      case Reception.Exchange exchange -> {
        answered++;
        if (best.isEmpty() || exchange.delay() < best.get().delay()) {
          best = Optional.of(exchange);
        }
        yield true;
      }
      case Reception.Kiss(String code) -> {
        dropped.merge("kiss " + code, 1L, Long::sum);
        rated = rated || code.equals("RATE");
        yield true;
      }
      case Reception.Dropped(PacketTest failed) -> {
        dropped.merge(failed.label(), 1L, Long::sum);
        yield !association.isWaiting();
      }
    };
  }

  /**
   * How it stands in the selection.
   *
   * @param floorUnixNanos no time before this can be true
   */
  Candidate candidate(long nowRawNanos, long floorUnixNanos) {
    return new Candidate(
        name,
        best.map(e -> unixNanos(e, nowRawNanos)).orElse(0L),
        best.map(e -> bound(e, nowRawNanos)).orElse(0.0),
        best.map(e -> e.server().stratum()).orElse(0),
        Standing.PLAIN,
        fit(nowRawNanos, floorUnixNanos));
  }

  private Fit fit(long nowRawNanos, long floorUnixNanos) {
    if (association.isDenied()) {
      return Fit.REFUSED;
    }
    if (association.lastFailure().isPresent()) {
      switch (association.lastFailure().get()) {
        case LOOP -> {
          return Fit.LOOP;
        }
        case UNSYNCHRONISED -> {
          return Fit.UNSYNCHRONISED;
        }
        case HEADER_DISTANCE -> {
          return Fit.TOO_DISTANT;
        }
        case DUPLICATE, BOGUS, INVALID, ACCESS_DENIED, AUTHENTICATION, DELAY, FORMAT -> {}
      }
    }
    if (best.isEmpty()) {
      return Fit.UNREACHABLE;
    }
    if (isBefore(floorUnixNanos, nowRawNanos)) {
      return Fit.NOT_PROVEN;
    }
    return bound(best.get(), nowRawNanos) > LARGEST_ROOT_DISTANCE ? Fit.TOO_DISTANT : Fit.FIT;
  }

  /** Whether it names a moment that has passed for certain. */
  boolean isBefore(long floorUnixNanos, long nowRawNanos) {
    return best.filter(e -> unixNanos(e, nowRawNanos) < floorUnixNanos).isPresent();
  }

  private static long unixNanos(Reception.Exchange exchange, long rawNanos) {
    long middleRaw = exchange.t1RawNanos() + (exchange.t4RawNanos() - exchange.t1RawNanos()) / 2;
    long middle = exchange.t2UnixNanos() + (exchange.t3UnixNanos() - exchange.t2UnixNanos()) / 2;
    return middle + (rawNanos - middleRaw);
  }

  /** Seconds by which it may be wrong, all the way to true time (RFC 5905, section 11.2). */
  private static double bound(Reception.Exchange exchange, long rawNanos) {
    Reception.Server server = exchange.server();
    double age = Math.abs(rawNanos - exchange.t4RawNanos()) * 1e-9;
    return (server.rootDelay() + Math.max(exchange.delay(), 0)) / 2
        + server.rootDispersion()
        + Math.scalb(1.0, server.precisionExponent())
        + RATE_ERROR * age;
  }

  Optional<Reception.Exchange> best() {
    return best;
  }

  String address() {
    return address;
  }

  String trouble() {
    return trouble;
  }

  int asked() {
    return asked;
  }

  int answered() {
    return answered;
  }

  Map<String, Long> dropped() {
    return Map.copyOf(dropped);
  }

  String refusal() {
    return association.refusal();
  }
}
