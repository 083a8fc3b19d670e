package org.medseal.ledger.net;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An authenticated connection: queue out, budget in. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline of what fails
final class PeerConnection implements SharedRoom.Holder {
  private static final Logger LOG = LoggerFactory.getLogger(PeerConnection.class);

  private static final long MOST_UNHANDLED = 8L << 20;
  private static final long LEAST_UNHANDLED = 1L << 20;
  private static final int UNHANDLED_PART_OF_HEAP = 8;

  /** Chunks waiting to be sent above which no other is read from the disk for this peer. */
  private static final long CHUNK_ROOM_BYTES = 2L << 20;

  /** What a frame costs beside its bytes; keeps tiny ones from piling up. */
  private static final int FRAME_OVERHEAD = 512;

  private final Channel channel;
  private final int peer;
  private final Duration stall;
  private final SharedRoom room;
  private final Outbox outbox;
  private final AtomicLong unhandled = new AtomicLong();
  private final long mayBeUnhandled;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicBoolean givenUp = new AtomicBoolean();
  private int writing; // frames handed to the channel and not yet to the socket; its thread

  /**
   * @param room for what waits to be sent, shared with the other connections
   * @param mayBeUnhandled bytes read and not yet handled above which nothing more is read
   */
  PeerConnection(Channel channel, int peer, Duration stall, SharedRoom room, long mayBeUnhandled) {
    this.channel = channel;
    this.peer = peer;
    this.stall = stall;
    this.room = room;
    this.mayBeUnhandled = mayBeUnhandled;
    this.outbox = new Outbox(room::give);
  }

  /** What one peer may have unhandled here, so that all of them together fit the heap. */
  static long mayBeUnhandled(long heapBytes, int peers) {
    long share = heapBytes / UNHANDLED_PART_OF_HEAP / Math.max(1, peers);
    return Math.max(LEAST_UNHANDLED, Math.min(MOST_UNHANDLED, share));
  }

  int peer() {
    return peer;
  }

  void close() {
    channel.close();
  }

  /** From any thread; never blocks. */
  void send(WireFrame frame) {
    if (!offer(frame)) {
      giveUp();
    }
  }

  @Override
  public void giveUp() {
    if (givenUp.compareAndSet(false, true)) {
      LOG.warn("peer {} does not read what it is sent: disconnected", peer);
      channel.close();
    }
    outbox.clear();
  }

  /** It has ended: nothing waits any more. */
  void ended() {
    givenUp.set(true);
    room.leave(this);
    outbox.clear();
  }

  @Override
  public long waitingBytes() {
    return outbox.waitingBytes();
  }

  /** False, and nothing else, if there is no room now; from any thread; never blocks. */
  boolean offer(WireFrame frame) {
    int bytes = frame.payload().length;
    if (givenUp.get() || !room.take(this, bytes)) {
      return false;
    }
    if (!outbox.offer(frame)) {
      room.give(bytes);
      return false;
    }
    if (givenUp.get()) {
      outbox.clear(); // in between
    }
    if (draining.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::drain);
    }
    return true;
  }

  boolean hasChunkRoom() {
    return outbox.waitingBytes(FrameType.Priority.CHUNKS) < CHUNK_ROOM_BYTES;
  }

  /** On the channel's thread: as much as the socket takes. */
  void drain() {
    draining.set(false);
    boolean wrote = false;
    while (channel.isActive() && channel.isWritable()) {
      Optional<WireFrame> frame = outbox.poll(writing == 0);
      if (frame.isEmpty()) {
        break;
      }
      writing++;
      channel.write(frame.get()).addListener(done -> written());
      wrote = true;
    }
    if (wrote) {
      channel.flush();
    }
  }

  /** On the channel's thread. With nothing under way it is the turn of what may wait. */
  private void written() {
    writing--;
    if (writing == 0 && draining.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::drain);
    }
  }

  void writabilityChanged(long generation) {
    if (channel.isWritable()) {
      drain();
      return;
    }
    channel
        .eventLoop()
        .schedule(() -> closeIfStalled(generation), stall.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void closeIfStalled(long generation) {
    if (channel.isActive()
        && !channel.isWritable()
        && generation == channel.attr(PeerHandler.GENERATION).get()) {
      LOG.warn("peer {} has not read for {}: disconnected", peer, stall);
      channel.close();
    }
  }

  /** Counts a frame in; the returned action counts it out again. */
  Runnable taken(int payloadBytes) {
    long bytes = (long) payloadBytes + FRAME_OVERHEAD;
    if (unhandled.addAndGet(bytes) > mayBeUnhandled) {
      channel.config().setAutoRead(false);
    }
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true) && unhandled.addAndGet(-bytes) <= mayBeUnhandled) {
        channel.config().setAutoRead(true);
      }
    };
  }
}
