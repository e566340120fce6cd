package org.timeball.platform.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.util.Locale;
import org.timeball.platform.linux.NativeFiles;

/** Loads jSerialComm once, from a directory that nobody else can write to. */
final class SerialLibrary {
  /** Where jSerialComm looks for its machine code before it unpacks it to a common place. */
  private static final String LIBRARY_PATH = "jSerialComm.library.path";

  private static boolean loaded;

  private SerialLibrary() {}

  static synchronized void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    if (System.getProperty(LIBRARY_PATH) != null) {
      // An installation that has unpacked it already says where.
      return;
    }
    try (NativeFiles files = NativeFiles.create()) {
      if (files.unpack(SerialPort.class, "Linux/" + architecture() + "/libjSerialComm.so")) {
        System.setProperty(LIBRARY_PATH, files.directory().toString());
        // Makes it load now, while the files are there.
        SerialPort.getVersion();
        System.clearProperty(LIBRARY_PATH);
      }
    }
  }

  private static String architecture() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return name.equals("aarch64") ? "armv8_64" : "x86_64";
  }
}
