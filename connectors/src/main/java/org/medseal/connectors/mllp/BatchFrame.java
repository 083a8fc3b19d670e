package org.medseal.connectors.mllp;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
  private BatchFrame() {}

  /** Empty for what is one message, or none. */
  static Optional<List<MllpFrame>> split(byte[] content, Optional<Charset> charset) {
    if (!isBatch(content)) {
      return Optional.empty();
    }
    List<MllpFrame> frames = new ArrayList<>();
    Iterator<FileItem> items =
        new Hl7Files(content.length).split(new ByteArrayInputStream(content));
    while (items.hasNext()) {
      frames.add(frame(items.next(), charset));
    }
    if (frames.isEmpty()) {
      return Optional.empty(); // an envelope without messages: one frame, quarantined as it is
    }
    Optional<Hl7Head> file = envelope(content, "FHS");
    Optional<Hl7Head> batch = envelope(content, "BHS");
    int messages = (int) frames.stream().filter(f -> f.head().isPresent()).count();
    List<MllpFrame> parts = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      parts.add(frames.get(i).asPart(new BatchPart(i, frames.size(), messages, file, batch)));
    }
    return Optional.of(parts);
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

  /** FHS and BHS have their fields where MSH has them. */
  private static Optional<Hl7Head> envelope(byte[] content, String name) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return text.lines()
        .map(line -> line.startsWith("\u00EF\u00BB\u00BF") ? line.substring(3) : line.strip())
        .takeWhile(line -> !line.startsWith("MSH"))
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> "MSH" + line.substring(name.length()))
        .flatMap(line -> Hl7Head.read(line.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
