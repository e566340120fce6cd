package org.timeball.server.nts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** By what one sees that a file was replaced: when it was written, how long it is, which it is. */
record FileStamp(FileTime modified, long octets, String key) {
  static final FileStamp NONE = new FileStamp(FileTime.fromMillis(0), -1, "");

  /** The stamp now; {@link #NONE} if there is no such file. */
  static FileStamp of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(
          attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    } catch (IOException e) {
      return NONE;
    }
  }
}
