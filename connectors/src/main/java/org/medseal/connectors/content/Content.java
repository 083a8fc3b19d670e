package org.medseal.connectors.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Bytes that may lie elsewhere than in memory. May be opened many times, by many threads. */
public interface Content {
  /** As many as {@link #open()} gives; a file's, when it was asked. */
  long sizeBytes();

  /**
   * From this byte on, 0 to {@link #sizeBytes()}; skipping on the stream is cheap. The caller
   * closes it.
   */
  InputStream open(long offset) throws IOException;

  default InputStream open() throws IOException {
    return open(0);
  }

  /**
   * All of it on the heap: for formats that are read whole. UncheckedIOException if it cannot be
   * read; OutOfMemoryError above 2 GiB, so callers bound {@link #sizeBytes()} first.
   */
  default byte[] bytes() {
    try (InputStream in = open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("a content can no longer be read", e);
    }
  }

  /** As {@link #bytes}, perhaps inside a longer array: to be read, not to be changed. */
  default ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes());
  }

  /** Takes the array over: do not change it afterwards. */
  static Content of(byte[] bytes) {
    return new MemoryContent(bytes, bytes.length);
  }

  /** The same of its first bytes. */
  static Content of(byte[] bytes, int length) {
    return new MemoryContent(bytes, length);
  }

  /** A clear file of somebody else. */
  static Content of(Path file) {
    return new FileContent(file);
  }
}
