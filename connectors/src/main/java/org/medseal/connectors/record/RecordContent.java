package org.medseal.connectors.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.SortedMap;
import org.medseal.ledger.codec.CodecException;

/**
 * The clear content of a record, before sealing and after opening.
 *
 * @param content the de-identified document; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed from step to step, never shared
public record RecordContent(RecordHead head, byte[] content) {
  public RecordContent {
    Objects.requireNonNull(content);
  }

  public RecordContent(
      long sequence,
      String mediaType,
      String ruleSetId,
      SortedMap<String, Integer> ruleCounts,
      byte[] content) {
    this(new RecordHead(sequence, mediaType, ruleSetId, ruleCounts), content);
  }

  public long sequence() {
    return head.sequence();
  }

  public String mediaType() {
    return head.mediaType();
  }

  public SortedMap<String, Integer> ruleCounts() {
    return head.ruleCounts();
  }

  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.encode(content.length));
    out.writeBytes(content);
    return out.toByteArray();
  }

  /** CodecException for anything but the exact encoding. */
  public static RecordContent decode(byte[] bytes) {
    try (RecordStream in = RecordStream.open(new ByteArrayInputStream(bytes))) {
      if (in.contentBytes() > bytes.length) {
        throw new CodecException(CodecException.Reason.TRUNCATED, "content is cut");
      }
      return new RecordContent(in.head(), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "RecordContent[" + head.mediaType() + ", " + content.length + " bytes]";
  }
}
