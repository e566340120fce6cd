package org.timeball.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RealtimeTest {
  /** Scheduling policy in {@code /proc/…/stat}, counted after the command's closing bracket. */
  private static final int POLICY = 38;

  @Test
  void aThreadIsScheduledFirstOrTheAnswerSaysWhatToGrant() throws InterruptedException {
    AtomicReference<Optional<String>> answer = new AtomicReference<>();
    AtomicReference<String> policy = new AtomicReference<>();
    Thread thread =
        new Thread(() -> {
          answer.set(Realtime.scheduleThisThread(1));
          policy.set(policyOfThisThread());
        });
    thread.start();
    thread.join();

    if (answer.get().isEmpty()) {
      assertThat(policy.get()).isEqualTo("1");
    } else {
      assertThat(answer.get().get()).contains("LimitRTPRIO=1").contains("errno 1");
      assertThat(policy.get()).isEqualTo("0");
    }
  }

  @Test
  void aPriorityOutsideTheKernelsRangeIsOurMistake() {
    assertThatThrownBy(() -> Realtime.scheduleThisThread(100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 99");
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

  private static String policyOfThisThread() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[POLICY];
    } catch (IOException e) {
      return e.toString();
    }
  }
}
