package org.medseal.connectors.mllp;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.folder.FileItem;
import org.medseal.connectors.folder.Hl7Files;
import org.medseal.connectors.hl7ack.Hl7Head;

/**
 * A frame of several messages: a batch (FHS, BHS; HL7 v2.5.1 chapter 2.10.3), or messages after one
 * another as some engines send them. Each becomes a frame of its own that knows its place.
 */
final class BatchFrame {
  /** More messages than any sender puts into one frame. */
  static final int MAX_PARTS = 10_000;

  private record Item(MllpFrame frame, Optional<byte[]> batch) {}

  private BatchFrame() {}

  /** Empty for what is one message, or none; one broken frame for too many. */
  static Optional<List<MllpFrame>> split(byte[] content, Optional<Charset> charset) {
    if (!isBatch(content)) {
      return Optional.empty();
    }
    List<Item> items = new ArrayList<>();
    Iterator<FileItem> each = new Hl7Files(content.length).split(new ByteArrayInputStream(content));
    while (each.hasNext()) {
      if (items.size() == MAX_PARTS) {
        return Optional.of(List.of(MllpFrame.broken(MllpDefect.TOO_MANY, content)));
      }
      FileItem item = each.next();
      items.add(new Item(frame(item, charset), item.batch()));
    }
    // An envelope without messages is one frame, quarantined as it is.
    return items.isEmpty() ? Optional.empty() : Optional.of(parts(content, items, charset));
  }

  private static List<MllpFrame> parts(
      byte[] content, List<Item> items, Optional<Charset> feedDefault) {
    // An envelope has no field for its character set: it is that of the messages.
    Optional<Charset> charset =
        items.stream()
            .flatMap(item -> item.frame().head().stream())
            .findFirst()
            .map(Hl7Head::charset)
            .or(() -> feedDefault);
    BatchAnswer answer = new BatchAnswer(file(content).flatMap(line -> envelope(line, charset)));
    List<MllpFrame> parts = new ArrayList<>();
    Optional<byte[]> line = Optional.empty();
    Optional<Hl7Head> batch = Optional.empty();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      if (!line.equals(item.batch())) { // an array equals itself only
        line = item.batch();
        batch = line.flatMap(bytes -> envelope(bytes, charset));
      }
      BatchPart place = new BatchPart(i == items.size() - 1, batch, answer);
      parts.add(item.frame().asPart(place));
    }
    return parts;
  }

  private static MllpFrame frame(FileItem item, Optional<Charset> charset) {
    if (item.defect().isEmpty()) {
      return MllpFrame.message(item.raw(), charset);
    }
    boolean cut = item.defect().get() == QuarantineReason.TRUNCATED;
    return MllpFrame.broken(cut ? MllpDefect.BATCH : MllpDefect.NO_TYPE, item.raw());
  }

  /** Whether it begins with an envelope, or a second MSH with the first one's separator follows. */
  private static boolean isBatch(byte[] content) {
    int start = start(content);
    if (isSegment(content, start, "FHS") || isSegment(content, start, "BHS")) {
      return true;
    }
    if (!isSegment(content, start, "MSH")) {
      return false;
    }
    for (int at = start + 4; at + 3 < content.length; at++) {
      boolean lineBegins = content[at - 1] == '\r' || content[at - 1] == '\n';
      if (lineBegins && isSegment(content, at, "MSH") && content[at + 3] == content[start + 3]) {
        return true;
      }
    }
    return false;
  }

  private static int start(byte[] content) {
    boolean mark =
        content.length >= 3
            && content[0] == (byte) 0xEF
            && content[1] == (byte) 0xBB
            && content[2] == (byte) 0xBF;
    int at = mark ? 3 : 0;
    while (at < content.length && content[at] >= 0 && content[at] <= ' ') {
      at++;
    }
    return at;
  }

  private static boolean isSegment(byte[] content, int at, String name) {
    return at + 3 < content.length
        && content[at] == name.charAt(0)
        && content[at + 1] == name.charAt(1)
        && content[at + 2] == name.charAt(2)
        && !Character.isLetterOrDigit(content[at + 3]);
  }

  private static Optional<byte[]> file(byte[] content) {
    int from = start(content);
    int end = from;
    while (end < content.length && content[end] != '\r' && content[end] != '\n') {
      end++;
    }
    return isSegment(content, from, "FHS")
        ? Optional.of(Arrays.copyOfRange(content, from, end))
        : Optional.empty();
  }

  /** FHS and BHS have their fields where MSH has them. */
  private static Optional<Hl7Head> envelope(byte[] line, Optional<Charset> charset) {
    byte[] head = line.clone();
    System.arraycopy("MSH".getBytes(StandardCharsets.US_ASCII), 0, head, 0, 3);
    return Hl7Head.read(head, charset);
  }
}
