package org.medseal.connectors.httpbody;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Bounds what the bodies of requests take of the heap together. Room is taken in blocks as bytes
 * come, never by what a sender declares. Who finds none is told later, and no thread waits for it;
 * one at a time goes on in what is set aside for one body, so that senders who have all begun do
 * not wait for each other until none is served.
 */
public final class BodyRoom {
  static final int BLOCK_BYTES = 1 << 13;

  private final int commonBlocks;
  private final Duration patience;
  private final Deque<Share> waiting = new ArrayDeque<>();
  private Optional<Share> favoured = Optional.empty();
  private int common;
  private int aside;

  /**
   * {@code commonBytes} are for all; one body more, as large as bodies may be, is taken besides.
   * {@code patience}: so long one waits for others to leave.
   */
  public BodyRoom(int commonBytes, Duration patience) {
    if (commonBytes < BLOCK_BYTES || patience.isNegative()) {
      throw new IllegalArgumentException("a room needs a block at least, and patience");
    }
    this.commonBlocks = commonBytes / BLOCK_BYTES;
    this.patience = patience;
  }

  /** Bytes that are taken now. */
  public synchronized long taken() {
    return (long) (common + aside) * BLOCK_BYTES;
  }

  /** How many requests are held back for want of room now. */
  public synchronized int heldBack() {
    return waiting.size();
  }

  Duration patience() {
    return patience;
  }

  /** Of one request, until it is closed; takes nothing yet. {@code granted} see {@link #take}. */
  Share share(Runnable granted) {
    return new Share(granted);
  }

  private synchronized boolean take(Share share) {
    boolean taken = takeNow(share);
    if (!taken) {
      waiting.add(share);
    }
    return taken;
  }

  private boolean takeNow(Share share) {
    if (common < commonBlocks) {
      common++;
      share.common++;
      return true;
    }
    if (favoured.isPresent() && favoured.get() != share) {
      return false;
    }
    favoured = Optional.of(share);
    aside++;
    return true;
  }

  private synchronized List<Share> leave(Share share) {
    common -= share.common;
    share.common = 0;
    waiting.remove(share);
    if (favoured.isPresent() && favoured.get() == share) {
      favoured = Optional.empty();
      aside = 0;
    }
    List<Share> granted = new ArrayList<>();
    while (!waiting.isEmpty() && takeNow(waiting.peek())) {
      granted.add(waiting.remove());
    }
    return granted;
  }

  /** What one request has taken. */
  final class Share implements AutoCloseable {
    private final Runnable granted;
    private int common;

    private Share(Runnable granted) {
      this.granted = granted;
    }

    /** One block; false if it comes later, once others have left: {@code granted} is run then. */
    boolean take() {
      return BodyRoom.this.take(this);
    }

    @Override
    public void close() {
      leave(this).forEach(each -> each.granted.run());
    }
  }
}
