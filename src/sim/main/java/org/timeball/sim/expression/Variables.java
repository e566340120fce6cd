package org.timeball.sim.expression;

/**
 * What an expression may ask about the moment and the packet it is evaluated for. Elsewhere than in
 * a delay all are 0.
 *
 * @param time seconds since the start of the simulation
 * @param from number of the sending node, from 1
 * @param to number of the receiving node, from 1
 * @param port destination port
 * @param length octets of UDP payload
 * @param subnet number of the network, from 1
 */
public record Variables(double time, int from, int to, int port, int length, int subnet) {
  /** For frequencies, offsets and steps, which know of no packet. */
  public static final Variables NONE = new Variables(0, 0, 0, 0, 0, 0);
}
