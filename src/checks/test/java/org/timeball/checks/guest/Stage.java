package org.timeball.checks.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a scenario plays on: it boots guests here and tells what it saw. */
final class Stage implements AutoCloseable {
  private final Machine machine;
  private final Path folder;
  private final String name;
  private final long begin = System.nanoTime();
  private Guest guest;

  /**
   * @param folder for this scenario's disk, sockets and log
   * @param name what its lines begin with, since others may be played at the same time
   */
  Stage(Machine machine, Path folder, String name) {
    this.machine = machine;
    this.folder = folder;
    this.name = name;
  }

  /** Boots a guest; the one before, if any, loses its power. */
  Guest boot(GuestSettings settings) throws Exception {
    close();
    guest = Guest.boot(machine, folder, settings);
    tell("booted");
    return guest;
  }

  /** Says what was seen, for the reader of the run. */
  void tell(String what) {
    System.out.printf(
        Locale.ROOT, "%-12s %5.1f s  %s%n", name, (System.nanoTime() - begin) * 1e-9, what);
  }

  /** The last lines of the guest's console. */
  List<String> lastWords() {
    return guest == null ? List.of() : guest.console().last(30);
  }

  @Override
  public void close() throws IOException {
    if (guest != null) {
      guest.close();
    }
  }
}
