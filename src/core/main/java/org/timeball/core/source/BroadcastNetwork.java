package org.timeball.core.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.timeball.core.Action;
import org.timeball.core.ClockReading;
import org.timeball.core.Event;
import org.timeball.core.Notices;
import org.timeball.core.packet.Mode;
import org.timeball.core.packet.NtpHeader;
import org.timeball.core.packet.PacketKeys;

/**
 * A network on which servers send time unasked: each that is heard becomes a source of its own (RFC
 * 5905, section 3.1). Belongs to the brain's thread.
 *
 * <p>Whoever can send there can become a source, as long as there is room: with a key only those
 * who have it, else anybody. What a server that does not have the key sends, or one that is not
 * among those named, or that comes when there is no room, is counted and let go.
 */
public final class BroadcastNetwork {
  /** Chosen: a server that did not answer is not listened to again before, in nanoseconds. */
  private static final long ASIDE_NANOS = 3_600_000_000_000L;

  /** Requests that a server may leave unanswered: what the reach register holds. */
  private static final int PATIENCE_REQUESTS = 8;

  /** Chosen: more servers than that are not remembered as those that did not answer. */
  private static final int MOST_ASIDE = 64;

  private static final String NOT_HEARD = "is not heard any more";

  private record Member(String address, ServerSource source) {}

  private final UpstreamSettings settings;
  private final Set<String> taken;
  private final Notices notices;
  private final Map<Integer, Member> members = new TreeMap<>();
  private final Map<String, Long> asideUntil = new HashMap<>();
  private final Tally tally = new Tally();
  private final AssociationSeal seal;
  private PacketKeys keys;
  private long heard;
  private String trouble = "";
  private boolean offline;

  /**
   * @param taken addresses that sources have already; shared, and written to
   */
  public BroadcastNetwork(
      UpstreamSettings settings, PacketKeys keys, Set<String> taken, Notices notices) {
    this.settings = settings;
    this.keys = keys;
    this.taken = taken;
    this.notices = notices;
    seal = new AssociationSeal(settings.association().keyId(), keys);
  }

  /** As in the configuration. */
  public UpstreamSettings settings() {
    return settings;
  }

  /** The servers that are followed now. */
  public List<ServerSource> members() {
    return members.values().stream().map(Member::source).toList();
  }

  /** What a packet led to. */
  public record Heard(boolean beliefChanged, List<Action.OfPool> actions) {}

  /** Takes a packet that came to everybody. */
  public Heard onPacket(Event.GroupPacket event, ClockReading now) {
    heard++;
    trouble = "";
    if (offline) {
      return new Heard(false, List.of());
    }
    if (!settings.senders().isEmpty() && !settings.senders().contains(event.sender())) {
      tally.drop(PacketTest.ACCESS_DENIED);
      return new Heard(false, List.of());
    }
    Optional<Member> member =
        members.values().stream().filter(m -> m.address().equals(event.sender())).findFirst();
    if (member.isPresent()) {
      boolean changed = member.get().source().onBroadcast(event, now);
      member.get().source().watch(now.rawNanos());
      return new Heard(changed, List.of());
    }
    Optional<PacketTest> failed = stranger(event, now.rawNanos());
    failed.ifPresent(tally::drop);
    return new Heard(false, failed.isPresent() ? List.of() : enlist(event.sender(), now));
  }

  private Optional<PacketTest> stranger(Event.GroupPacket event, long nowRawNanos) {
    ByteBuffer packet = event.packet();
    if (packet.limit() < NtpHeader.LENGTH || NtpHeader.mode(packet, 0) != Mode.BROADCAST) {
      return Optional.of(PacketTest.FORMAT);
    }
    Optional<PacketTest> broken = seal.check(packet, packet.limit());
    if (broken.isPresent()) {
      return broken;
    }
    asideUntil.values().removeIf(until -> until <= nowRawNanos);
    boolean welcome =
        members.size() < settings.poolSize()
            && !asideUntil.containsKey(event.sender())
            && !taken.contains(event.sender());
    return welcome
        ? ServerTests.failed(ServerTests.read(packet), Set.of())
        : Optional.of(PacketTest.ACCESS_DENIED);
  }

  private List<Action.OfPool> enlist(String sender, ClockReading now) {
    int number = 1;
    while (members.containsKey(number)) {
      number++;
    }
    String name = settings.name() + "#" + number;
    ServerSource source =
        new ServerSource(
            settings.senderNamed(name), keys, Optional.empty(), now.rawNanos(), notices);
    members.put(number, new Member(sender, source));
    taken.add(sender);
    notices.info("%s: %s sends time, and is asked how far away it is", name, sender);
    return List.of(new Action.Enlist(name, settings.name(), sender));
  }

  /** Lets go of servers that are not heard any more, or do not answer. */
  public List<Action.OfPool> review(long nowRawNanos) {
    List<Action.OfPool> actions = new ArrayList<>();
    for (Map.Entry<Integer, Member> entry : List.copyOf(members.entrySet())) {
      Member member = entry.getValue();
      String complaint = complaint(member.source(), nowRawNanos);
      if (!complaint.isEmpty()) {
        members.remove(entry.getKey());
        taken.remove(member.address());
        if (asideUntil.size() < MOST_ASIDE && !complaint.equals(NOT_HEARD)) {
          asideUntil.put(member.address(), nowRawNanos + ASIDE_NANOS);
        }
        notices.info(
            "%s: %s %s and is let go", member.source().name(), member.address(), complaint);
        actions.add(new Action.Dismiss(member.source().name()));
      }
    }
    return actions;
  }

  /** Why a server is not worth a place; empty if it is. */
  private static String complaint(ServerSource source, long nowRawNanos) {
    if (source.association().isDenied()) {
      return "refuses to serve us";
    }
    boolean gone =
        source.state(nowRawNanos) == SourceState.UNREACHABLE
            && source.tally().asked() >= PATIENCE_REQUESTS
            && source.association().reach() == 0;
    if (!gone) {
      return "";
    }
    boolean asked =
        source.association() instanceof BroadcastAssociation broadcast && broadcast.isMeasuring();
    return asked ? "does not answer" : NOT_HEARD;
  }

  /** It cannot be listened there; a sentence for people. */
  public void onUnreachable(String reason) {
    if (!trouble.equals(reason)) {
      trouble = reason;
      notices.warning("%s: %s", settings.name(), reason);
    }
  }

  /** Whether its servers are listened to at all, by the operator's word. */
  public void setOnline(boolean online, long nowRawNanos) {
    offline = !online;
    members().forEach(m -> m.setOnline(online, nowRawNanos));
  }

  /** It is not in the configuration any more: its addresses may be taken by others. */
  public void giveUp() {
    members.values().forEach(m -> taken.remove(m.address()));
    members.clear();
  }

  /** Other keys, which hold the one that the settings name. */
  public void useKeys(PacketKeys newKeys) {
    keys = newKeys;
    seal.use(newKeys);
    members().forEach(m -> m.useKeys(newKeys));
  }

  /** Packets that came, whoever sent them. */
  public long heard() {
    return heard;
  }

  /** What became of those that came from nobody who is followed. */
  public Tally tally() {
    return tally;
  }

  /** What keeps packets from being heard; empty if nothing does. */
  public String trouble() {
    return trouble;
  }
}
