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
import java.util.concurrent.SynchronousQueue;
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

  /** A thread that waits, and tells how it is scheduled when it is asked. */
  private static final class NamedThread implements AutoCloseable {
    private final SynchronousQueue<Boolean> questions = new SynchronousQueue<>();
    private final SynchronousQueue<String> answers = new SynchronousQueue<>();
    private final Thread thread;

    NamedThread(String name) throws Exception {
      thread = Thread.ofPlatform().name(name).start(this::run);
      // It has its name in the kernel once it runs.
      policy();
    }

    private void run() {
      try {
        while (questions.take()) {
          String stat = Files.readString(Path.of("/proc/thread-self/stat"));
          answers.put(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY]);
        }
      } catch (InterruptedException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    String policy() throws InterruptedException {
      questions.put(true);
      return answers.take();
    }

    @Override
    public void close() {
      try {
        questions.put(false);
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
