package org.medseal.connectors.stow;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells a failing disk from a failing sender; leaves the stream behind it open. */
final class DiskGuard extends FilterOutputStream {
  DiskGuard(OutputStream disk) {
    super(disk);
  }

  /** The disk's own exception, as cause. */
  static final class DiskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DiskException(IOException cause) {
      super("the spool cannot be written", cause);
    }
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    try {
      out.write(from, offset, length);
    } catch (IOException e) {
      throw new DiskException(e);
    }
  }

  @Override
  public void close() {
    // The spool's stream is finished or deleted by its owner.
  }
}
