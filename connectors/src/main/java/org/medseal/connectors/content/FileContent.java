package org.medseal.connectors.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file; its name may be a patient's, so the string form does not show it. */
final class FileContent implements Content {
  private final Path file;

  FileContent(Path file) {
    this.file = file;
  }

  @Override
  public long sizeBytes() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("a file can no longer be read", e);
    }
  }

  /** The JDK's stream over a file channel skips by moving the channel's position. */
  @Override
  public InputStream open(long offset) throws IOException {
    return Channels.newInputStream(FileChannel.open(file).position(offset));
  }

  @Override
  public String toString() {
    return "a file";
  }
}
