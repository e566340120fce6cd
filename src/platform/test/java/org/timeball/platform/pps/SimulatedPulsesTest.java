package org.timeball.platform.pps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.timeball.platform.line.LineThread;
import org.timeball.platform.line.RecordingListener;
import org.timeball.platform.line.RecordingListener.Happening.Down;
import org.timeball.platform.line.RecordingListener.Happening.EdgeSeen;
import org.timeball.platform.line.RecordingListener.Happening.Up;
import org.timeball.platform.line.ReopenPause;
import org.timeball.spi.Edge;

class SimulatedPulsesTest {
  @Test
  void edgesComeOutAsFromADeviceAndAnOutageLeavesAGapInTheirSequence() {
    SimulatedPulses pulses = new SimulatedPulses("sim");
    RecordingListener listener = new RecordingListener();
    ReopenPause pause = new ReopenPause(1_000_000, 1_000_000);
    try (LineThread thread = new LineThread(pulses, listener, System::nanoTime, pause)) {
      thread.start();
      listener.next(Up.class);
      pulses.edge(1_000, true);
      pulses.edge(1_100, false);
      assertThat(listener.next(EdgeSeen.class).edge()).isEqualTo(new Edge(1_000, true, 1));
      assertThat(listener.next(EdgeSeen.class).edge()).isEqualTo(new Edge(1_100, false, 1));

      pulses.plug(false);
      assertThat(listener.next(Down.class).reason()).contains("unplugged");
      pulses.edge(2_000, true);
      pulses.plug(true);
      listener.next(Up.class);
      pulses.edge(3_000, true);
      assertThat(listener.next(EdgeSeen.class).edge()).isEqualTo(new Edge(3_000, true, 3));
    }
  }
}
