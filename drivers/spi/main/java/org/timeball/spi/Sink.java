package org.timeball.spi;

/** Where a driver puts what it found. Calls return at once. */
public interface Sink {
  /** A moment was named. */
  void label(Label label);

  /** A second began: the leading edge of a pulse whose shape was checked. */
  void pulse(Edge leading);

  /** A complete measurement. */
  void sample(Sample sample);

  /** The receiver's state. */
  void health(Health health);

  /** Something was not used. */
  void rejected(Rejection rejection);

  /** A state change that an operator should read, in a sentence; logged as it is. */
  void notice(String sentence);

  /** Asks for {@link Driver#onTimer} at this moment; replaces an earlier request. */
  void wakeAt(long rawNanos);
}
