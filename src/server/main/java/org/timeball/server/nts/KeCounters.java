package org.timeball.server.nts;

import java.util.concurrent.atomic.LongAdder;

/** What became of the connections, since the start. Written by one thread, read by any. */
final class KeCounters {
  final LongAdder connections = new LongAdder();
  final LongAdder granted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder crowdedOut = new LongAdder();
}
