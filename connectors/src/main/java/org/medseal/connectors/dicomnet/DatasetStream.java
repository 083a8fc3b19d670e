package org.medseal.connectors.dicomnet;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.medseal.connectors.dicomnet.AssociationException.Reason;
import org.medseal.connectors.dicomnet.pdu.Pdv;

/**
 * The fragments of one data set as they arrive. AssociationException when they stop, drip, are
 * mixed with others, or go on beyond the cap; the association has then ended, and what was read is
 * no object.
 */
final class DatasetStream extends InputStream {
  /** On average, of the time we wait; a modem had more. */
  private static final long LEAST_BYTES_A_SECOND = 4096;

  /** So many times the data timer are waited for before the rate counts. */
  private static final int PATIENCE = 10;

  private static final int MOST_EMPTY_FRAGMENTS = 64;

  private final Association association;
  private final int contextId;
  private final Duration timeout;
  private final long maxBytes;
  private byte[] fragment = new byte[0];
  private int at;
  private long seenBytes;
  private long waitedNanos;
  private int emptyFragments;
  private boolean last;

  DatasetStream(Association association, int contextId, Duration timeout, long maxBytes) {
    this.association = association;
    this.contextId = contextId;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /** Whether there is not one byte; waits for the first. */
  boolean isEmpty() throws AssociationException {
    return seenBytes == 0 && !hasMore();
  }

  /** Nothing is left to read. */
  boolean isAtEnd() {
    return last && at == fragment.length;
  }

  /** Reads what is left and forgets it. */
  void drain() throws AssociationException {
    while (hasMore()) {
      at = fragment.length;
    }
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? fragment[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int some = Math.min(length, fragment.length - at);
    System.arraycopy(fragment, at, into, offset, some);
    at += some;
    return some;
  }

  @Override
  public int available() {
    return fragment.length - at;
  }

  private boolean hasMore() throws AssociationException {
    while (at == fragment.length) {
      if (last) {
        return false;
      }
      long before = System.nanoTime();
      Indication next = association.next(timeout);
      waitedNanos += System.nanoTime() - before;
      take(next);
    }
    return true;
  }

  private void take(Indication next) throws AssociationException {
    if (!(next instanceof Indication.Value value)) {
      throw association.abort(Reason.PROTOCOL, "a release inside a data set");
    }
    Pdv pdv = value.pdv();
    if (pdv.command() || pdv.contextId() != contextId) {
      throw association.abort(Reason.PROTOCOL, "fragments of two messages are mixed");
    }
    seenBytes += pdv.bytes().length;
    if (seenBytes > maxBytes) {
      throw association.abort(Reason.TOO_LARGE, "a data set has more than " + maxBytes + " bytes");
    }
    countEmpty(pdv);
    if (isTooSlow()) {
      throw association.abort(Reason.TIMED_OUT, "a data set comes too slowly");
    }
    fragment = pdv.bytes();
    at = 0;
    last = pdv.last();
  }

  private void countEmpty(Pdv pdv) throws AssociationException {
    emptyFragments = pdv.bytes().length == 0 ? emptyFragments + 1 : 0;
    if (emptyFragments > MOST_EMPTY_FRAGMENTS) {
      throw association.abort(Reason.PROTOCOL, "nothing but empty fragments");
    }
  }

  private boolean isTooSlow() {
    long free = timeout.toMillis() * PATIENCE;
    return waitedNanos / 1_000_000 > free + seenBytes * 1000 / LEAST_BYTES_A_SECOND;
  }
}
