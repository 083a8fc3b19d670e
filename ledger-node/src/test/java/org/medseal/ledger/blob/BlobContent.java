package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.medseal.crypto.Digests;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Payload;

/** What blobs of tests hold. */
final class BlobContent {
  private static final int CHUNK = Payload.Blob.CHUNK_BYTES;

  private BlobContent() {}

  static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  static List<byte[]> chunks(byte[] content) {
    List<byte[]> chunks = new ArrayList<>();
    for (int at = 0; at < content.length; at += CHUNK) {
      chunks.add(Arrays.copyOfRange(content, at, Math.min(content.length, at + CHUNK)));
    }
    return chunks;
  }

  static Payload.Blob blob(byte[] content) {
    List<Bytes> hashes =
        chunks(content).stream().map(each -> Bytes.of(Digests.sha256(each))).toList();
    return new Payload.Blob(MerkleTree.root(hashes), content.length, hashes.size());
  }
}
