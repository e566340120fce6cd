package org.timeball.sim.join;

import java.io.IOException;

/** A connection that keeps records apart. */
public interface RecordChannel {
  /** Sends the first {@code length} octets as one record. */
  void send(byte[] octets, int length) throws IOException;

  /** Waits for the next record, of at most {@code room} octets. */
  byte[] receive(int room) throws IOException;
}
