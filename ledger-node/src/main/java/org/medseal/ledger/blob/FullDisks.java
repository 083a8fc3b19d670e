package org.medseal.ledger.blob;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.ledger.engine.embedded.PeerMessage.DiskFull;

/**
 * Who has no disk left for others' chunks: this node says so when it has to refuse some, whoever
 * their author is, and remembers for a while who has said it. So an author learns why receipts do
 * not come, and nobody learns who the author is. One thread calls it; {@link #peers} from any.
 */
final class FullDisks {
  static final long AGAIN_MS = 60_000;

  /** Whoever is still full has been offered something, and said it again, by then. */
  static final long BELIEVED_MS = 3 * AGAIN_MS;

  private final BlobSurroundings node;
  private final Map<Integer, Long> untilMs = new ConcurrentHashMap<>();
  private boolean told;
  private long toldMs;

  FullDisks(BlobSurroundings node) {
    this.node = node;
  }

  /** Something was refused here for want of disk. */
  void refused() {
    long nowMs = node.monotonicMs();
    if (!told || nowMs - toldMs >= AGAIN_MS) {
      told = true;
      toldMs = nowMs;
      node.connected().forEach(peer -> node.offer(peer, new DiskFull()));
    }
  }

  void said(int peer) {
    untilMs.put(peer, node.monotonicMs() + BELIEVED_MS);
  }

  /** Those who have said it not long ago. */
  List<Integer> peers() {
    long nowMs = node.monotonicMs();
    untilMs.values().removeIf(each -> nowMs >= each);
    return untilMs.keySet().stream().sorted().toList();
  }
}
