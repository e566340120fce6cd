package org.timeball.platform.pty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PseudoTerminalTest {
  @Test
  void everyOctetPassesUnchangedInBothDirections() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (PseudoTerminal pty = PseudoTerminal.open();
        RandomAccessFile program = new RandomAccessFile(pty.path().toFile(), "rw")) {
      assertThat(pty.write(all, 0, all.length)).isEqualTo(all.length);
      byte[] seen = new byte[256];
      program.readFully(seen);
      assertThat(seen).isEqualTo(all);

      program.write(all);
      byte[] back = new byte[256];
      assertThat(pty.read(back, 5_000)).isEqualTo(256);
      assertThat(back).isEqualTo(all);
    }
  }

  @Test
  void writingIntoALineThatNobodyReadsLosesOctetsInsteadOfWaiting() throws IOException {
    byte[] block = new byte[4_096];
    try (PseudoTerminal pty = PseudoTerminal.open()) {
      long taken = 0;
      int last = 1;
      for (int i = 0; i < 1_000 && last > 0; i++) {
        last = pty.write(block, 0, block.length);
        taken += last;
      }
      assertThat(last).isZero();
      assertThat(taken).isBetween(1_000L, 1_000_000L);
    }
  }

  @Test
  void readingWaitsNoLongerThanItWasTold() throws IOException {
    try (PseudoTerminal pty = PseudoTerminal.open()) {
      assertThat(pty.read(new byte[16], 1)).isZero();
    }
  }

  @Test
  void pullingThePlugTakesTheDeviceAway() throws IOException {
    PseudoTerminal pty = PseudoTerminal.open();
    assertThat(Files.exists(pty.path())).isTrue();

    pty.close();

    assertThatThrownBy(() -> pty.write(new byte[1], 0, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was closed");
  }

  @Test
  void closingGivesBackBothDescriptors() throws IOException {
    PseudoTerminal.open().close();
    long before = openDescriptors();

    for (int i = 0; i < 50; i++) {
      PseudoTerminal.open().close();
    }

    assertThat(openDescriptors()).isLessThan(before + 10);
  }

  private static long openDescriptors() throws IOException {
    try (var descriptors = Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }
}
