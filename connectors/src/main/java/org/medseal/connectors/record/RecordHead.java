package org.medseal.connectors.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;

/**
 * What stands before the document in a record's clear content: u8 version, u32 length of the head,
 * head, u64 length of the document.
 *
 * @param sequence place in the patient's order at the institution that sealed it, from 1
 * @param ruleSetId rules it went through
 * @param ruleCounts rule → times applied
 */
public record RecordHead(
    long sequence, String mediaType, String ruleSetId, SortedMap<String, Integer> ruleCounts) {
  private static final int VERSION = 2;
  private static final int MAX_NAME = 1024;
  private static final int MAX_RULES = 100_000;
  private static final int MAX_HEAD = 16 << 20;
  private static final int FIXED = 1 + Integer.BYTES;

  public RecordHead {
    ruleCounts = Collections.unmodifiableSortedMap(new TreeMap<>(ruleCounts));
  }

  /**
   * @param contentBytes length of the document that follows
   */
  byte[] encode(long contentBytes) {
    byte[] head =
        new CanonicalWriter()
            .u64(sequence)
            .string(mediaType)
            .string(ruleSetId)
            .list(ruleCounts.entrySet(), (out, e) -> out.string(e.getKey()).u32(e.getValue()))
            .toByteArray();
    return new CanonicalWriter().u8(VERSION).bytes(head).u64(contentBytes).toByteArray();
  }

  /** A head and where its document ends. */
  record Read(RecordHead head, long contentBytes) {}

  /** CodecException for anything but an encoded head; nothing behind it is read. */
  static Read read(InputStream in) throws IOException {
    ByteBuffer fixed = ByteBuffer.wrap(exactly(in, FIXED));
    int version = fixed.get();
    if (version != VERSION) {
      throw new CodecException(Reason.BAD_VALUE, "record content of unknown version " + version);
    }
    int length = fixed.getInt();
    if (length < 0 || length > MAX_HEAD) {
      throw new CodecException(Reason.TOO_LONG, "head of " + length + " bytes");
    }
    RecordHead head = decode(exactly(in, length));
    long contentBytes = ByteBuffer.wrap(exactly(in, Long.BYTES)).getLong();
    if (contentBytes < 0) {
      throw new CodecException(Reason.BAD_VALUE, "content of negative length");
    }
    return new Read(head, contentBytes);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new CodecException(Reason.TRUNCATED, length + " bytes expected, " + bytes.length);
    }
    return bytes;
  }

  private static RecordHead decode(byte[] bytes) {
    CanonicalReader in = new CanonicalReader(bytes);
    long sequence = in.u64();
    String mediaType = in.string(MAX_NAME);
    String ruleSetId = in.string(MAX_NAME);
    List<Map.Entry<String, Integer>> counts =
        in.list(MAX_RULES, r -> Map.entry(r.string(MAX_NAME), r.u32()));
    in.end();
    return new RecordHead(sequence, mediaType, ruleSetId, sorted(counts));
  }

  private static SortedMap<String, Integer> sorted(List<Map.Entry<String, Integer>> counts) {
    SortedMap<String, Integer> sorted = new TreeMap<>();
    for (Map.Entry<String, Integer> count : counts) {
      if (!sorted.isEmpty() && sorted.lastKey().compareTo(count.getKey()) >= 0) {
        throw new CodecException(Reason.BAD_VALUE, "rules are not in order");
      }
      sorted.put(count.getKey(), count.getValue());
    }
    return sorted;
  }
}
