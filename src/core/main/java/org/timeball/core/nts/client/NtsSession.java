package org.timeball.core.nts.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.timeball.core.Action;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.nts.KeyGrant;
import org.timeball.core.nts.NtsKeys;
import org.timeball.core.nts.RoughTime;
import org.timeball.core.nts.ValidityPeriod;
import org.timeball.core.nts.packet.NtsReply;
import org.timeball.core.nts.packet.NtsRequest;

/**
 * What we share with one server: keys, the cookies that are left, and when to fetch others (RFC
 * 8915, section 5.7). Belongs to the brain's thread.
 *
 * <p>Keys are fetched when there are none, when no cookie is left, and when the server has refused
 * two cookies in a row with nothing authentic in between: it may have lost the key they were sealed
 * with. Until new keys are there the other cookies are kept and tried, because the refusal (NTSN)
 * is not authentic and anybody on the path can send it.
 */
public final class NtsSession {
  /** Cookies refused in a row after which new keys are fetched. */
  private static final int MOST_REFUSED = 2;

  /** An attempt of which the host tells nothing for so long is over. */
  private static final long LONGEST_ATTEMPT_NANOS = 60_000_000_000L;

  /** Cookies that are set aside on disk, for the start after a power cut. */
  private static final int SET_ASIDE = 2;

  private final String name;
  private final String server;
  private final NtsTools tools;
  private final Notices notices;
  private final KeBackOff backOff = new KeBackOff();
  private final CookiePool cookies = new CookiePool();
  private final Tally tally = new Tally();
  private Optional<KeyGrant> grant = Optional.empty();
  private Optional<NtsRequest> request = Optional.empty();
  private Optional<ValidityPeriod> barred = Optional.empty();
  private boolean confirmed;
  private boolean directed;
  private boolean wanted = true;
  private boolean underWay;
  private long attemptRawNanos;
  private boolean refusedNow;
  private int refusedInARow;
  private boolean setAside;

  /**
   * Nothing is shared yet.
   *
   * @param name of the source in the configuration
   * @param server where keys are fetched, as host and port
   * @param kept what an earlier run had; of no use if it is another server's
   */
  public NtsSession(
      String name, String server, Optional<Kept> kept, NtsTools tools, Notices notices) {
    this.name = name;
    this.server = server;
    this.tools = tools;
    this.notices = notices;
    kept.filter(k -> k.server().equals(server)).ifPresent(this::restore);
  }

  private void restore(Kept kept) {
    grant = Optional.of(kept.grant());
    confirmed = kept.confirmed();
    cookies.add(kept.grant().cookies());
    wanted = cookies.isEmpty();
  }

  /** Whether a request can be made. */
  public boolean hasCookie() {
    return grant.isPresent() && !cookies.isEmpty();
  }

  /** A request is due and there is no cookie for it. */
  public void starved() {
    wanted = true;
  }

  /**
   * What is to be done now: fetch keys, or tell the host where requests go.
   *
   * @param present what is known of it, to check the certificate by
   */
  public List<Action> act(long nowRawNanos, RoughTime present) {
    List<Action> actions = new ArrayList<>();
    if (grant.isPresent() && !directed) {
      directed = true;
      actions.add(new Action.Direct(name, grant.get().host(), grant.get().port()));
    }
    if (nowRawNanos >= nextRawNanos()) {
      if (underWay) {
        failed("there was no word of it for a minute");
      }
      byte[] random = new byte[Long.BYTES];
      tools.randomness().fill(random);
      backOff.attempt(nowRawNanos, ByteBuffer.wrap(random).getLong());
      tally.attempt();
      underWay = true;
      attemptRawNanos = nowRawNanos;
      actions.add(new Action.Establish(name, server, present));
    }
    return actions;
  }

  /** When {@link #act} has something to do; {@link Long#MAX_VALUE} if never. */
  public long nextRawNanos() {
    if (underWay) {
      return Math.max(attemptRawNanos + LONGEST_ATTEMPT_NANOS, backOff.nextRawNanos());
    }
    return wanted ? backOff.nextRawNanos() : Long.MAX_VALUE;
  }

  /**
   * Keys have come.
   *
   * @param present what is known of it
   * @return whether they are used
   */
  public boolean onGranted(Event.KeysGranted event, RoughTime present) {
    if (!underWay || !event.server().equals(server)) {
      return false;
    }
    KeyGrant fresh = event.grant();
    if (barred.equals(Optional.of(fresh.certificate()))) {
      failed("it still shows the certificate that was found not to be valid");
      return false;
    }
    if (!fresh.certificate().mayInclude(present)) {
      failed(fresh.certificate().missedBy(present));
      return false;
    }
    underWay = false;
    wanted = false;
    refusedInARow = 0;
    refusedNow = false;
    setAside = false;
    directed = false;
    grant = Optional.of(fresh);
    barred = Optional.empty();
    confirmed = present.isKnown();
    cookies.clear();
    cookies.add(fresh.cookies());
    tally.granted();
    notices.info(
        "%s: NTS keys (%s) and %d cookies; time is asked of %s port %d; certificate valid %s%s",
        name,
        fresh.keys().algorithm(),
        cookies.size(),
        fresh.host(),
        fresh.port(),
        fresh.certificate(),
        confirmed
            ? ""
            : ", which was only assumed to be now, because "
                + present.ground()
                + "; it will be checked again when the time is known");
    return true;
  }

  /** Keys could not be had. */
  public void onRefused(Event.KeysRefused event) {
    if (underWay && event.server().equals(server)) {
      failed(event.reason());
    }
  }

  private void failed(String reason) {
    underWay = false;
    if (tally.failed(reason)) {
      notices.warning("%s: no NTS keys from %s: %s", name, server, reason);
    }
  }

  /**
   * Makes the datagram of a request.
   *
   * @param header its first 48 octets
   * @throws java.util.NoSuchElementException if there is no cookie
   */
  public byte[] request(byte[] header) {
    refusedInARow = refusedNow ? refusedInARow + 1 : 0;
    refusedNow = false;
    if (refusedInARow >= MOST_REFUSED) {
      wanted = true;
    }
    NtsKeys keys = grant.orElseThrow().keys();
    byte[] cookie = cookies.take();
    byte[] identifier = new byte[NtsRequest.IDENTIFIER_LENGTH];
    byte[] nonce = new byte[NtsRequest.NONCE_LENGTH];
    tools.randomness().fill(identifier);
    tools.randomness().fill(nonce);
    int missing = CookiePool.FULL - 1 - cookies.size();
    NtsRequest fresh =
        new NtsRequest(
            header,
            keys,
            tools.ciphers().apply(keys.algorithm()),
            cookie,
            Math.min(missing, NtsRequest.mostPlaceholders(cookie.length)),
            identifier,
            nonce);
    request = Optional.of(fresh);
    return fresh.octets();
  }

  /** Judges a datagram that seems to answer the last request. */
  public NtsReply judge(byte[] datagram) {
    if (request.isEmpty()) {
      return new NtsReply.Ignored("nothing was asked");
    }
    NtsReply reply = request.get().judge(datagram);
    switch (reply) {
      case NtsReply.Authentic(List<byte[]> fresh) -> {
        cookies.add(fresh);
        request = Optional.empty();
        refusedNow = false;
        refusedInARow = 0;
        wanted = cookies.isEmpty();
        backOff.proven();
        tally.authentic();
      }
      case NtsReply.CookieRefused() -> {
        refusedNow = true;
        tally.cookieRefused();
      }
      case NtsReply.Ignored _ -> tally.ignored();
    }
    return reply;
  }

  /** Whether a cookie has just been refused, and too few in a row to try no other soon. */
  public boolean isRetryDue() {
    return refusedNow && refusedInARow < MOST_REFUSED && hasCookie();
  }

  /**
   * Checks the certificate again, by time that is known.
   *
   * @return false if it is not valid: keys and cookies are given up, and what the server said is
   *     not to be believed
   */
  public boolean confirm(RoughTime present) {
    if (confirmed || grant.isEmpty()) {
      return true;
    }
    ValidityPeriod certificate = grant.get().certificate();
    if (certificate.mayInclude(present)) {
      confirmed = true;
      notices.info(
          "%s: its certificate is valid, now that the time is known (%s)", name, certificate);
      return true;
    }
    barred = Optional.of(certificate);
    String reason = certificate.missedBy(present);
    grant = Optional.empty();
    request = Optional.empty();
    cookies.clear();
    wanted = true;
    if (tally.failed(reason)) {
      notices.error("%s: not believed any more: %s", name, reason);
    }
    return false;
  }

  /** When the server's certificate is valid; empty if there are no keys. */
  public Optional<ValidityPeriod> certificate() {
    return grant.map(KeyGrant::certificate);
  }

  /**
   * Checks the certificate by the server's own time, as long as it was only assumed to be valid.
   *
   * @param error seconds by which that time may be wrong
   * @return false if by its own time the server is outside its certificate, and is not to be
   *     followed at all
   */
  public boolean standsByItsTime(long unixNanos, double error) {
    if (confirmed || grant.isEmpty()) {
      return true;
    }
    RoughTime itsTime =
        RoughTime.known(unixNanos, error, "by its own time it is " + ValidityPeriod.day(unixNanos));
    return certificate().orElseThrow().mayInclude(itsTime) || confirm(itsTime);
  }

  /** Whether the certificate turned out not to be valid, and no other has come. */
  public boolean isBarred() {
    return barred.isPresent();
  }

  /** Whether cookies should be set aside for the start after a power cut. */
  public boolean isKeepingDue() {
    return !setAside && cookies.size() == CookiePool.FULL && tally.isAuthenticSinceGrant();
  }

  /**
   * What to write to disk while running on: cookies that are not used here any more. Those that
   * were set aside before are given up.
   */
  public Optional<Kept> setAside() {
    setAside = true;
    return grant
        .filter(_ -> cookies.size() > SET_ASIDE)
        .map(g -> kept(g, cookies.takeNewest(SET_ASIDE)));
  }

  /** What to write to disk at the end. */
  public Optional<Kept> keepAll() {
    return grant.filter(_ -> !cookies.isEmpty()).map(g -> kept(g, cookies.all()));
  }

  private Kept kept(KeyGrant g, List<byte[]> some) {
    return new Kept(
        name, server, confirmed, new KeyGrant(g.keys(), some, g.host(), g.port(), g.certificate()));
  }

  /** For status. */
  public NtsStatus status() {
    return new NtsStatus(
        server,
        grant.map(g -> g.keys().algorithm().toString()).orElse(""),
        grant.map(g -> g.host() + " port " + g.port()).orElse(""),
        grant.map(g -> g.certificate().toString()).orElse(""),
        grant.isPresent() && confirmed,
        cookies.size(),
        tally.attempts(),
        tally.failures(),
        tally.failureReasons(),
        tally.authenticReplies(),
        tally.cookiesRefused(),
        tally.ignoredReplies(),
        tally.lastFailure());
  }
}
