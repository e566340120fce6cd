package org.timeball.server.query;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.timeball.core.nts.KeyGrant;
import org.timeball.core.nts.Randomness;
import org.timeball.core.nts.RoughTime;
import org.timeball.core.nts.ValidityPeriod;
import org.timeball.core.nts.packet.NtsReply;
import org.timeball.core.nts.packet.NtsRequest;
import org.timeball.core.source.PacketTest;
import org.timeball.core.source.RequestSeal;
import org.timeball.crypto.Aeads;
import org.timeball.platform.clock.PacketClock;
import org.timeball.server.nts.client.KeyExchange;
import org.timeball.server.nts.client.KeyExchangeFailure;
import org.timeball.server.nts.client.KeyServer;
import org.timeball.server.nts.client.Step;

/**
 * Network Time Security of a question: keys first, then a cookie in each request. What was done is
 * told step by step. Belongs to one thread.
 */
public final class NtsQuery implements RequestSeal {
  private final KeyGrant grant;
  private final Randomness randomness;
  private final Consumer<Step> steps;
  private final Deque<byte[]> cookies;
  private NtsRequest request;

  private NtsQuery(KeyGrant grant, Randomness randomness, Consumer<Step> steps) {
    this.grant = grant;
    this.randomness = randomness;
    this.steps = steps;
    cookies = new ArrayDeque<>(grant.cookies());
  }

  /**
   * Fetches keys. The certificate is checked by this machine's clock.
   *
   * @param steps is told of each step that succeeded
   */
  public static NtsQuery begin(
      KeyServer server, PacketClock clock, Randomness randomness, Consumer<Step> steps)
      throws KeyExchangeFailure {
    long now = clock.nowUnixNanos();
    RoughTime present =
        RoughTime.known(now, 0, "by this machine's clock it is " + ValidityPeriod.day(now));
    return new NtsQuery(
        new KeyExchange(server, present, clock::nowRawNanos, steps).fetch(), randomness, steps);
  }

  /** Whom the time is asked of. */
  public String host() {
    return grant.host();
  }

  /** At which UDP port. */
  public int port() {
    return grant.port();
  }

  @Override
  public byte[] seal(byte[] header) {
    byte[] identifier = new byte[NtsRequest.IDENTIFIER_LENGTH];
    byte[] nonce = new byte[NtsRequest.NONCE_LENGTH];
    randomness.fill(identifier);
    randomness.fill(nonce);
    request =
        new NtsRequest(
            header,
            grant.keys(),
            Aeads.of(grant.keys().algorithm()),
            cookies.removeFirst(),
            0,
            identifier,
            nonce);
    steps.accept(
        new Step(
            "time asked",
            "%s UDP port %d, %d octets with identifier, cookie and authenticator"
                .formatted(host(), port(), request.octets().length)));
    return request.octets();
  }

  @Override
  public Optional<PacketTest> check(ByteBuffer packet, int length) {
    byte[] octets = new byte[length];
    packet.get(0, octets);
    return switch (request.judge(octets)) {
      case NtsReply.Authentic(List<byte[]> fresh) -> {
        cookies.addAll(fresh);
        steps.accept(
            new Step(
                "reply",
                "%d octets, authentic; it brings %d cookie(s), %d are left"
                    .formatted(length, fresh.size(), cookies.size())));
        yield Optional.empty();
      }
      case NtsReply.CookieRefused() -> refused("the server refuses the cookie (NTSN)");
      case NtsReply.Ignored(String why) -> refused(why);
    };
  }

  private Optional<PacketTest> refused(String why) {
    steps.accept(new Step("reply", "NOT authentic: " + why));
    return Optional.of(PacketTest.AUTHENTICATION);
  }

  /** How many requests can still be made. */
  public int cookiesLeft() {
    return cookies.size();
  }
}
