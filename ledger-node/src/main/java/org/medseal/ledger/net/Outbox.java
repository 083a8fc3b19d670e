package org.medseal.ledger.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.medseal.ledger.net.FrameType.Priority;

/**
 * What waits to be sent to one peer, most urgent first, bounded in count and bytes. Whatever leaves
 * it gives its room back.
 */
final class Outbox {
  private final Map<Priority, Lane> lanes = new EnumMap<>(Priority.class);
  private final LongConsumer freed;

  private static final class Lane {
    private final Deque<WireFrame> frames = new ArrayDeque<>();
    private final int maxFrames;
    private final long maxBytes;
    private long bytes;

    Lane(int maxFrames, long maxBytes) {
      this.maxFrames = maxFrames;
      this.maxBytes = maxBytes;
    }

    /** A single frame always fits an empty lane. */
    boolean isFull(WireFrame next) {
      return !frames.isEmpty()
          && (frames.size() >= maxFrames || bytes + next.payload().length > maxBytes);
    }

    void add(WireFrame frame) {
      frames.add(frame);
      bytes += frame.payload().length;
    }

    WireFrame remove() {
      WireFrame frame = frames.remove();
      bytes -= frame.payload().length;
      return frame;
    }
  }

  /**
   * @param freed told of the bytes of each frame that leaves
   */
  Outbox(LongConsumer freed) {
    this.freed = freed;
    lanes.put(Priority.URGENT, new Lane(4096, 32L << 20));
    lanes.put(Priority.BLOCKS, new Lane(16, 32L << 20));
    lanes.put(Priority.TRANSACTIONS, new Lane(1024, 16L << 20));
    lanes.put(Priority.CHUNKS, new Lane(64, 6L << 20));
  }

  /** False if it has no room: the peer does not read. Transactions push out older ones. */
  synchronized boolean offer(WireFrame frame) {
    Priority priority = frame.type().priority();
    Lane lane = lanes.get(priority);
    while (lane.isFull(frame)) {
      if (priority != Priority.TRANSACTIONS) {
        return false;
      }
      freed.accept(lane.remove().payload().length);
    }
    lane.add(frame);
    return true;
  }

  synchronized long waitingBytes(Priority priority) {
    return lanes.get(priority).bytes;
  }

  /**
   * @param quiet nothing is on its way to the socket: only then a part of a chunk may go
   */
  synchronized Optional<WireFrame> poll(boolean quiet) {
    for (Map.Entry<Priority, Lane> entry : lanes.entrySet()) {
      Lane lane = entry.getValue();
      if (!lane.frames.isEmpty() && (quiet || entry.getKey() != Priority.CHUNKS)) {
        WireFrame frame = lane.remove();
        freed.accept(frame.payload().length);
        return Optional.of(frame);
      }
    }
    return Optional.empty();
  }

  synchronized long waitingBytes() {
    return lanes.values().stream().mapToLong(lane -> lane.bytes).sum();
  }

  synchronized void clear() {
    for (Lane lane : lanes.values()) {
      while (!lane.frames.isEmpty()) {
        freed.accept(lane.remove().payload().length);
      }
    }
  }
}
