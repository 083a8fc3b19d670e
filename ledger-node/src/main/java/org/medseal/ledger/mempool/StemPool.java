package org.medseal.ledger.mempool;

import java.util.HashMap;
import java.util.Map;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

/**
 * Room for records that go along a stem and are in nobody's gossip yet, bounded for each link they
 * came by, the own one among them, and for all peers' links together: near that bound a link is
 * only sure of a small part. Kept apart from the mempool: what is here is neither proposed nor
 * offered. From any thread.
 */
public final class StemPool {
  private static final int SURE_PART = 32;

  private final int maxCount;
  private final long maxBytes;
  private final long maxPeersBytes;
  private final Map<Hash, Room> rooms = new HashMap<>();
  private final Map<Integer, Use> uses = new HashMap<>();
  private long peersBytes;

  private record Room(int link, int sizeBytes) {}

  private record Use(int count, long bytes) {
    static final Use NONE = new Use(0, 0);

    Use plus(int more, int moreBytes) {
      return new Use(count + more, bytes + moreBytes);
    }
  }

  /**
   * @param maxCount of one link
   * @param maxBytes of one link; a single record always fits
   * @param maxPeersBytes of all peers' links; each is sure of a {@value #SURE_PART}th of its bytes
   */
  public StemPool(int maxCount, long maxBytes, long maxPeersBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
    this.maxPeersBytes = maxPeersBytes;
  }

  /** 2,048 records and 16 MiB for each link, 64 MiB for all peers. */
  public static StemPool standard() {
    return new StemPool(2_048, 16L << 20, 64L << 20);
  }

  /** OK also when it is there already; FULL above the link's bounds. */
  public synchronized Verdict add(IdentifiedTransaction transaction, int link) {
    int size = transaction.encoded().length();
    Use use = uses.getOrDefault(link, Use.NONE);
    if (rooms.containsKey(transaction.id())) {
      return Verdict.ok();
    }
    if (use.count() > 0
        && (use.count() >= maxCount || use.bytes() + size > maxBytes || isCrowded(link, size))) {
      return Verdict.refused(Code.FULL, use.count() + " records are on their way");
    }
    rooms.put(transaction.id(), new Room(link, size));
    uses.put(link, use.plus(1, size));
    peersBytes += link == Mempool.OWN ? 0 : size;
    return Verdict.ok();
  }

  private boolean isCrowded(int link, int size) {
    return link != Mempool.OWN
        && peersBytes + size > maxPeersBytes
        && uses.get(link).bytes() + size > maxBytes / SURE_PART;
  }

  public synchronized boolean contains(Hash id) {
    return rooms.containsKey(id);
  }

  public synchronized void remove(Hash id) {
    Room room = rooms.remove(id);
    if (room != null) {
      peersBytes -= room.link() == Mempool.OWN ? 0 : room.sizeBytes();
      Use left = uses.get(room.link()).plus(-1, -room.sizeBytes());
      if (left.count() == 0) {
        uses.remove(room.link());
      } else {
        uses.put(room.link(), left);
      }
    }
  }

  /** Records on their way. */
  public synchronized int size() {
    return rooms.size();
  }
}
