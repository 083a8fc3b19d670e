package org.medseal.connectors.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;

/**
 * What tells one state of a file from another.
 *
 * @param key of the file itself, whatever its name (device and inode); empty where there is none
 */
record FileMark(long sizeBytes, long modifiedMs, Optional<Object> key) {

  static FileMark of(Path path) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    return new FileMark(
        now.size(), now.lastModifiedTime().toMillis(), Optional.ofNullable(now.fileKey()));
  }

  /** As Camel listed it, for routes that do not note it themselves. */
  static FileMark listed(GenericFile<?> file) {
    return new FileMark(file.getFileLength(), file.getLastModified(), Optional.empty());
  }

  /** The same file, and nobody has written to it. */
  boolean isStill(Path path) throws IOException {
    FileMark now = of(path);
    return now.sizeBytes == sizeBytes
        && now.modifiedMs == modifiedMs
        && (key.isEmpty() || key.equals(now.key));
  }
}
