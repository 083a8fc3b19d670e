package org.medseal.connectors.httpbody;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.medseal.connectors.httpbody.BodyException.Reason;

/**
 * Bounds what the bodies of requests may take of the heap together, and how many are read at once:
 * each that is read holds a thread. Room is taken as bytes come, never by what a sender declares.
 */
public final class BodyRoom {
  private static final int BLOCK_BYTES = 1 << 14;

  private final int mostBytes;
  private final long patienceMs;
  private final Semaphore bytes;
  private final Semaphore readers;

  /** {@code patienceMs}: so long one waits for another to be read. */
  public BodyRoom(int mostBytes, int mostReaders, long patienceMs) {
    if (mostBytes < 1 || mostReaders < 1 || patienceMs < 0) {
      throw new IllegalArgumentException("a room needs bytes, readers and patience");
    }
    this.mostBytes = mostBytes;
    this.patienceMs = patienceMs;
    this.bytes = new Semaphore(mostBytes);
    this.readers = new Semaphore(mostReaders, true);
  }

  /** Of one request, until it is closed; takes nothing yet. */
  public Share share() {
    return new Share();
  }

  /** Bytes that are taken now. */
  public int taken() {
    return mostBytes - bytes.availablePermits();
  }

  /** What one request has taken. For one thread. */
  public final class Share implements AutoCloseable {
    private int held;

    private Share() {}

    /** All of it; BodyException TOO_LARGE above so many bytes, NO_ROOM, or GONE. */
    public byte[] read(InputStream body, int maxBytes) throws IOException {
      enter();
      try {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(BLOCK_BYTES);
        byte[] block = new byte[BLOCK_BYTES];
        for (int count = body.read(block); count >= 0; count = body.read(block)) {
          if (count > maxBytes - whole.size()) {
            throw new BodyException(Reason.TOO_LARGE, "a body may have " + maxBytes + " bytes");
          }
          take(count);
          whole.write(block, 0, count);
        }
        return whole.toByteArray();
      } finally {
        readers.release();
      }
    }

    private void enter() throws BodyException {
      try {
        if (!readers.tryAcquire(patienceMs, TimeUnit.MILLISECONDS)) {
          throw new BodyException(Reason.NO_ROOM, "too many bodies are being read");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BodyException(Reason.NO_ROOM, "interrupted before a body was read");
      }
    }

    private void take(int count) throws BodyException {
      if (!bytes.tryAcquire(count)) {
        throw new BodyException(Reason.NO_ROOM, "bodies fill the room set aside for them");
      }
      held += count;
    }

    @Override
    public void close() {
      bytes.release(held);
      held = 0;
    }
  }
}
