package org.medseal.ledger.journal;

import java.io.IOException;

/** One open file. */
public interface DiskFile extends AutoCloseable {
  long size() throws IOException;

  /** Fills {@code length} bytes from the file's offset {@code at}; EOFException beyond the end. */
  void read(long at, byte[] into, int offset, int length) throws IOException;

  /** Writes all bytes at the file's offset {@code at}. */
  void write(long at, byte[] bytes) throws IOException;

  void truncate(long size) throws IOException;

  /** Content and size are durable when it returns. */
  void sync() throws IOException;

  @Override
  void close() throws IOException;
}
