package org.medseal.ledger.blob;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.fuzz.FuzzTarget;
import org.medseal.ledger.model.Hash;

/** What stands beside a kept blob. */
public final class BlobFuzz {
  private BlobFuzz() {}

  public static FuzzTarget target() {
    byte[] head = new BlobHead(Hash.ZERO, 3_000_000, 7).encode();
    return new FuzzTarget("blob-heads", List.of(head), BlobFuzz::decode);
  }

  private static void decode(byte[] bytes) {
    Optional<BlobHead> head = BlobHead.decode(bytes.clone());
    if (head.isPresent()
        && (!Arrays.equals(head.get().encode(), bytes) || head.get().chunkCount() < 1)) {
      throw new AssertionError("a head that would not be written");
    }
  }
}
