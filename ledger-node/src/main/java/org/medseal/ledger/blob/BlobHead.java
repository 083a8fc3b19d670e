package org.medseal.ledger.blob;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/**
 * First bytes of the file beside a blob's chunks: magic | root | u64 size | u64 height | CRC-32C;
 * the chunks' hashes follow.
 *
 * @param height of the ledger when the blob came
 */
record BlobHead(Hash chunkRoot, long sizeBytes, long height) {
  private static final byte[] MAGIC = "MSLBLOB1".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKED = MAGIC.length + Hash.LENGTH + 2 * Long.BYTES;
  static final int LENGTH = CHECKED + Integer.BYTES;

  static BlobHead of(Held blob) {
    return new BlobHead(blob.chunkRoot(), blob.sizeBytes(), blob.height());
  }

  int chunkCount() {
    return Payload.Blob.chunks(sizeBytes);
  }

  int chunkLength(int index) {
    return (int) Math.min(Payload.Blob.CHUNK_BYTES, sizeBytes - chunkAt(index));
  }

  static long chunkAt(int index) {
    return (long) index * Payload.Blob.CHUNK_BYTES;
  }

  static long hashAt(int index) {
    return LENGTH + (long) index * Hash.LENGTH;
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(LENGTH);
    out.put(MAGIC).put(chunkRoot.toArray()).putLong(sizeBytes).putLong(height);
    return out.putInt(checksum(out.array())).array();
  }

  /** Empty for anything else. */
  static Optional<BlobHead> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length != LENGTH || in.getInt(CHECKED) != checksum(bytes)) {
      return Optional.empty();
    }
    byte[] magic = new byte[MAGIC.length];
    byte[] root = new byte[Hash.LENGTH];
    in.get(magic).get(root);
    BlobHead head = new BlobHead(Hash.of(root), in.getLong(), in.getLong());
    boolean sound =
        Arrays.equals(magic, MAGIC)
            && head.sizeBytes > 0
            && head.sizeBytes <= Limits.BLOB
            && head.height >= 0;
    return sound ? Optional.of(head) : Optional.empty();
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKED);
    return (int) crc.getValue();
  }
}
