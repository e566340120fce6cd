package org.timeball.sim.expression;

/** Something that gives a number each time it is asked. Most have a memory. */
@FunctionalInterface
public interface Expression {
  /** The next value; {@code variables} are those of the packet it is asked for. */
  double evaluate(Variables variables);
}
