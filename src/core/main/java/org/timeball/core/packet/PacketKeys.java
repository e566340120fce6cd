package org.timeball.core.packet;

/**
 * The keys by which codes are made and checked. Does not change: other keys are another object,
 * which a responder is given between two batches.
 */
@FunctionalInterface
public interface PacketKeys {
  /** No key at all. */
  PacketKeys NONE = identifier -> null;

  /** The key of an identifier other than 0, or null if there is none. */
  PacketKey find(int identifier);
}
