package org.timeball.core.server;

import java.util.Arrays;

/**
 * Who may ask: prefixes of addresses, each with a verdict; the longest prefix that holds an address
 * decides. Immutable and shared between threads; a look-up allocates nothing and takes at most one
 * step for each bit of the address.
 */
public final class AccessList {
  /** What is done with a request. */
  public enum Verdict {
    /** Answered. */
    ALLOW,
    /** Answered, but only as often as the rate limit has it. */
    LIMIT,
    /** Not answered. */
    DENY
  }

  private static final int NOTHING = -1;
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final int IPV4_ROOT = 0;
  private static final int IPV6_ROOT = 1;

  // A binary tree in arrays: the children of node n are children[2n] and children[2n + 1].
  private final int[] children;
  private final Verdict[] verdicts;

  private AccessList(int[] children, Verdict[] verdicts) {
    this.children = children;
    this.verdicts = verdicts;
  }

  /** A list that says the same of everybody. */
  public static AccessList everybody(Verdict verdict) {
    return new Builder(verdict).build();
  }

  /** What is done with a request from an address, which is as in {@link IpAddresses}. */
  public Verdict verdict(long high, long low) {
    boolean ipv4 = IpAddresses.isIpv4(high, low);
    int node = ipv4 ? IPV4_ROOT : IPV6_ROOT;
    Verdict found = verdicts[node];
    long bits = ipv4 ? low << IPV4_BITS : high;
    int length = ipv4 ? IPV4_BITS : IPV6_BITS;
    for (int depth = 0; depth < length; depth++) {
      if (depth == Long.SIZE) {
        bits = low;
      }
      node = children[2 * node + (int) (bits >>> 63)];
      if (node == NOTHING) {
        return found;
      }
      if (verdicts[node] != null) {
        found = verdicts[node];
      }
      bits <<= 1;
    }
    return found;
  }

  /** Collects prefixes, in any order; of two that are equal the later one counts. */
  public static final class Builder {
    private int[] children = new int[64];
    private Verdict[] verdicts = new Verdict[32];
    private int nodes;

    /** Begins with what is done with everybody that no prefix holds. */
    public Builder(Verdict fallback) {
      verdicts[newNode()] = fallback;
      verdicts[newNode()] = fallback;
    }

    /** Says what is done with a prefix. */
    public Builder add(Prefix prefix, Verdict verdict) {
      boolean ipv4 = IpAddresses.isIpv4(prefix.high(), prefix.low());
      int node = ipv4 ? IPV4_ROOT : IPV6_ROOT;
      for (int depth = 0; depth < prefix.length(); depth++) {
        node =
            child(
                node,
                ipv4
                    ? (int) (prefix.low() >>> (IPV4_BITS - 1 - depth)) & 1
                    : bit(prefix.high(), prefix.low(), depth));
      }
      verdicts[node] = verdict;
      return this;
    }

    private static int bit(long high, long low, int depth) {
      long half = depth < Long.SIZE ? high : low;
      return (int) (half >>> (Long.SIZE - 1 - depth % Long.SIZE)) & 1;
    }

    private int child(int node, int side) {
      int child = children[2 * node + side];
      if (child == NOTHING) {
        child = newNode();
        children[2 * node + side] = child;
      }
      return child;
    }

    private int newNode() {
      if (nodes == verdicts.length) {
        verdicts = Arrays.copyOf(verdicts, 2 * nodes);
        children = Arrays.copyOf(children, 4 * nodes);
      }
      children[2 * nodes] = NOTHING;
      children[2 * nodes + 1] = NOTHING;
      return nodes++;
    }

    /** The list; this builder may go on. */
    public AccessList build() {
      return new AccessList(Arrays.copyOf(children, 2 * nodes), Arrays.copyOf(verdicts, nodes));
    }
  }
}
