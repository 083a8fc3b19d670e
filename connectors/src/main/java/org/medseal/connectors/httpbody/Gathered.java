package org.medseal.connectors.httpbody;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.httpbody.BodyException.Reason;

/** What has come of a request's body: all of it, or why not. */
public final class Gathered {
  private final List<byte[]> blocks;
  private final int sizeBytes;
  private final Optional<Reason> cut;

  private Gathered(List<byte[]> blocks, int sizeBytes, Optional<Reason> cut) {
    this.blocks = blocks;
    this.sizeBytes = sizeBytes;
    this.cut = cut;
  }

  /** Full blocks, but for the last. */
  static Gathered whole(List<byte[]> blocks, int sizeBytes) {
    return new Gathered(List.copyOf(blocks), sizeBytes, Optional.empty());
  }

  static Gathered cut(Reason reason) {
    return new Gathered(List.of(), 0, Optional.of(reason));
  }

  /** A copy in one piece. */
  public byte[] bytes() throws BodyException {
    if (cut.isPresent()) {
      throw new BodyException(cut.get(), "the body was not read to its end");
    }
    ByteBuffer whole = ByteBuffer.allocate(sizeBytes);
    blocks.forEach(block -> whole.put(block, 0, Math.min(block.length, whole.remaining())));
    return whole.array();
  }
}
