package org.medseal.ledger.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Hash;

/**
 * Room for others' chunks: within the quota; of what no record on the ledger names yet, within the
 * share of the peer that offers it; and only while more of the disk is free than is left for this
 * node's own ledger and intake. Set aside before the first byte comes. From any thread.
 */
final class Room {
  /** Blobs, however small, that one peer may have here before a record names them. */
  static final int MOST_OF_A_PEER = 256;

  /** Part of the quota open to what no record names yet, whoever offers it. */
  private static final int UNNAMED_PART = 2;

  private static final int RESERVED_PART = 10;
  private static final long MOST_RESERVED_BYTES = 10L << 30;

  private final Path folder;
  private final Disk disk;
  private final BlobParameters parameters;
  private final OptionalLong reserve;
  private final Map<Place, Claim> claims = new HashMap<>();
  private long usedBytes;

  /** Whether there is room for a blob. */
  enum Answer {
    GRANTED,
    QUOTA_FULL,
    /** The peer has as much here as any peer may, or all of them together. */
    SHARE_FULL,
    DISK_FULL
  }

  /** Where a blob's chunks are put; a root may be in two places. */
  record Place(Path folder, Hash chunkRoot) {}

  /** Of a blob that is not whole, or not named by a record on the ledger. */
  private static final class Claim {
    private final long bytes;
    private final OptionalInt peer;
    private long unwrittenBytes;
    private boolean named;

    Claim(long bytes, OptionalInt peer, long unwrittenBytes, boolean named) {
      this.bytes = bytes;
      this.peer = peer;
      this.unwrittenBytes = unwrittenBytes;
      this.named = named;
    }
  }

  /**
   * @param folder on the file system that is to keep a reserve
   * @param reserve bytes of it; empty for a tenth, and ten GiB at most
   */
  Room(Path folder, Disk disk, BlobParameters parameters, OptionalLong reserve) {
    this.folder = folder;
    this.disk = disk;
    this.parameters = parameters;
    this.reserve = reserve;
  }

  /**
   * @param peer who offers it; empty for what a record on the ledger names
   */
  synchronized Answer take(Place place, long bytes, OptionalInt peer) {
    if (bytes > parameters.quotaBytes() - usedBytes) {
      return Answer.QUOTA_FULL;
    }
    if (peer.isPresent() && isAboveShare(bytes, peer)) {
      return Answer.SHARE_FULL;
    }
    long promised = claims.values().stream().mapToLong(each -> each.unwrittenBytes).sum();
    Disk.Space space = space();
    if (bytes > space.usableBytes() - reserveBytes(space) - promised) {
      return Answer.DISK_FULL;
    }
    usedBytes += bytes;
    claims.put(place, new Claim(bytes, peer, bytes, peer.isEmpty()));
    return Answer.GRANTED;
  }

  private boolean isAboveShare(long bytes, OptionalInt peer) {
    long all = 0;
    long ofPeer = 0;
    int count = 0;
    for (Claim each : claims.values()) {
      all += each.named ? 0 : each.bytes;
      if (!each.named && each.peer.equals(peer)) {
        ofPeer += each.bytes;
        count++;
      }
    }
    return count >= MOST_OF_A_PEER
        || bytes > parameters.largestBytes() - ofPeer
        || bytes > parameters.quotaBytes() / UNNAMED_PART - all;
  }

  /** An earlier run has set it aside. */
  synchronized void found(Place place, long bytes, boolean whole) {
    usedBytes += bytes;
    claims.put(place, new Claim(bytes, OptionalInt.empty(), whole ? 0 : bytes, false));
  }

  synchronized void written(Place place, long bytes) {
    Claim claim = claims.get(place);
    if (claim != null) {
      claim.unwrittenBytes = Math.max(0, claim.unwrittenBytes - bytes);
      settle(place, claim);
    }
  }

  /** A record on the ledger names it: it is nobody's share any more. */
  synchronized void named(Place place) {
    Claim claim = claims.get(place);
    if (claim != null) {
      claim.named = true;
      settle(place, claim);
    }
  }

  private void settle(Place place, Claim claim) {
    if (claim.named && claim.unwrittenBytes == 0) {
      claims.remove(place);
    }
  }

  /** What lies in one place lies in another from now on, as part of the same share. */
  synchronized void move(Place from, Place to) {
    Claim claim = claims.remove(from);
    if (claim != null) {
      claims.put(to, claim);
    }
  }

  synchronized void free(Place place, long bytes) {
    usedBytes -= bytes;
    claims.remove(place);
  }

  /** False once something else has used up the disk: then nothing more of others' is written. */
  boolean isAboveReserve() {
    Disk.Space space = space();
    return space.usableBytes() >= reserveBytes(space);
  }

  private long reserveBytes(Disk.Space space) {
    return reserve.orElse(Math.min(MOST_RESERVED_BYTES, space.totalBytes() / RESERVED_PART));
  }

  private Disk.Space space() {
    try {
      return disk.space(folder);
    } catch (IOException e) {
      throw BlobStore.failed(e);
    }
  }

  synchronized long usedBytes() {
    return usedBytes;
  }

  long quotaBytes() {
    return parameters.quotaBytes();
  }

  long freeBytes() {
    return space().usableBytes();
  }

  long reserveBytes() {
    return reserveBytes(space());
  }
}
