package org.medseal.connectors.record;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;

/**
 * The clear content of a record, before sealing and after opening.
 *
 * @param sequence place in the patient's order at the institution that sealed it, from 1
 * @param ruleSetId rules it went through
 * @param ruleCounts rule → times applied
 * @param content the de-identified document; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed from step to step, never shared
public record RecordContent(
    long sequence,
    String mediaType,
    String ruleSetId,
    SortedMap<String, Integer> ruleCounts,
    byte[] content) {
  private static final int VERSION = 1;
  private static final int MAX_NAME = 1024;
  private static final int MAX_RULES = 100_000;
  private static final int MAX_CONTENT = 1 << 30;

  public RecordContent {
    Objects.requireNonNull(content);
    ruleCounts = Collections.unmodifiableSortedMap(new TreeMap<>(ruleCounts));
  }

  public byte[] encode() {
    return new CanonicalWriter()
        .u8(VERSION)
        .u64(sequence)
        .string(mediaType)
        .string(ruleSetId)
        .list(ruleCounts.entrySet(), (out, e) -> out.string(e.getKey()).u32(e.getValue()))
        .bytes(content)
        .toByteArray();
  }

  /** CodecException for anything but the exact encoding. */
  public static RecordContent decode(byte[] bytes) {
    CanonicalReader in = new CanonicalReader(bytes);
    int version = in.u8();
    if (version != VERSION) {
      throw new CodecException(
          CodecException.Reason.BAD_VALUE, "record content of unknown version " + version);
    }
    long sequence = in.u64();
    String mediaType = in.string(MAX_NAME);
    String ruleSetId = in.string(MAX_NAME);
    List<Map.Entry<String, Integer>> counts =
        in.list(MAX_RULES, r -> Map.entry(r.string(MAX_NAME), r.u32()));
    byte[] content = in.bytes(MAX_CONTENT).toArray();
    in.end();
    return new RecordContent(sequence, mediaType, ruleSetId, sorted(counts), content);
  }

  private static SortedMap<String, Integer> sorted(List<Map.Entry<String, Integer>> counts) {
    SortedMap<String, Integer> sorted = new TreeMap<>();
    for (Map.Entry<String, Integer> count : counts) {
      if (!sorted.isEmpty() && sorted.lastKey().compareTo(count.getKey()) >= 0) {
        throw new CodecException(CodecException.Reason.BAD_VALUE, "rules are not in order");
      }
      sorted.put(count.getKey(), count.getValue());
    }
    return sorted;
  }

  @Override
  public String toString() {
    return "RecordContent[" + mediaType + ", " + content.length + " bytes]";
  }
}
