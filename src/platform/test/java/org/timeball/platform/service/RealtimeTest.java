package org.timeball.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RealtimeTest {
  /** Scheduling policy in {@code /proc/…/stat}, counted after the command's closing bracket. */
  private static final int POLICY = 38;

  @Test
  void threadsAreScheduledFirstByTheirNamesOrTheAnswerSaysWhatToGrant() throws Exception {
    try (NamedThread urgent = new NamedThread("rt-test-of-a-long-name");
        NamedThread ordinary = new NamedThread("other-test")) {
      Optional<String> refusal = Realtime.scheduleThreads(Map.of("rt-test", 1));

      if (refusal.isEmpty()) {
        assertThat(urgent.policy()).isEqualTo("1");
      } else {
        assertThat(refusal.get()).contains("LimitRTPRIO=1").contains("errno 1");
        assertThat(urgent.policy()).isEqualTo("0");
      }
      assertThat(ordinary.policy()).isEqualTo("0");
    }
  }

  @Test
  void aThreadStepsBackAndForwardAgain() throws Exception {
    try (NamedThread thread = new NamedThread("rt-step")) {
      boolean allowed = Realtime.scheduleThreads(Map.of("rt-step", 3)).isEmpty();

      assertThat(thread.does(Realtime::stepBack)).isEqualTo(allowed ? 3 : 0);
      assertThat(thread.policy()).isEqualTo("0");
      assertThat(thread.does(Realtime::stepBack)).isZero();
      assertThat(thread.does(() -> Realtime.stepForward(3))).isEqualTo(allowed);
      assertThat(thread.policy()).isEqualTo(allowed ? "1" : "0");
    }
  }

  @Test
  void aPriorityOutsideTheKernelsRangeAndANameThatItMayCutAreOurMistakes() {
    assertThatThrownBy(() -> Realtime.scheduleThreads(Map.of("rt", 100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 99");
    assertThatThrownBy(() -> Realtime.scheduleThreads(Map.of("responder", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 characters");
  }

  @Test
  void memoryIsLockedOrTheAnswerSaysWhatToGrant() throws IOException {
    Optional<String> refusal = Realtime.lockMemory();
    try {
      String locked =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("VmLck:"))
              .findFirst()
              .orElseThrow();
      if (refusal.isEmpty()) {
        assertThat(locked).doesNotContain("\t       0 kB");
      } else {
        assertThat(refusal.get()).contains("memory is not locked");
      }
    } finally {
      Calls.munlockall();
    }
  }

  /** What only this test calls. */
  private static final class Calls {
    static {
      Native.register(Calls.class, Platform.C_LIBRARY_NAME);
    }

    static native int munlockall();
  }

  /** A thread that waits, and does what it is asked to. */
  private static final class NamedThread implements AutoCloseable {
    private final ExecutorService thread;

    NamedThread(String name) throws Exception {
      thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).factory());
      // It has its name in the kernel once it runs.
      policy();
    }

    String policy() throws Exception {
      String stat = does(() -> Files.readString(Path.of("/proc/thread-self/stat")));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY];
    }

    <T> T does(Callable<T> what) throws Exception {
      return thread.submit(what).get();
    }

    @Override
    public void close() {
      thread.close();
    }
  }
}
