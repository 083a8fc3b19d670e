package org.medseal.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** A new file for identities: its owner's alone from its first moment. */
final class ContentFile {
  private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private ContentFile() {}

  /**
   * FileAlreadyExistsException where there is one, before the content is asked for; none is left if
   * there is no content.
   */
  static void write(Path file, Supplier<byte[]> content) throws IOException {
    Set<StandardOpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel out = Files.newByteChannel(file, anew, FOR_OWNER)) {
      boolean isWhole = false;
      try {
        ByteBuffer bytes = ByteBuffer.wrap(content.get());
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        isWhole = true;
      } finally {
        if (!isWhole) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
