package org.medseal.connectors.folder;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a file ends as its beginning promises: an HL7 v2 file or batch with its trailer (HL7
 * v2.5.1 chapter 2.10.3), JSON with a brace or bracket, XML with a tag.
 */
public enum FileEnding {
  /** The end is there. */
  WHOLE,
  /** Nothing in the file tells its end: messages or lines one after the other, an image. */
  UNMARKED,
  /** The rest is still to come. */
  MISSING;

  private static final int HEAD_BYTES = 4096;
  private static final int TAIL_BYTES = 16384;

  /** Reads the file's two ends only. */
  public static FileEnding of(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      String head = read(file, 0);
      String tail = read(file, Math.max(0, file.length() - TAIL_BYTES)).strip();
      return of(withoutMarks(head), tail);
    }
  }

  private static FileEnding of(String head, String tail) {
    if (head.startsWith("FHS")) {
      return wholeIf(endsWithSegment(tail, "FTS"));
    }
    if (head.startsWith("BHS")) {
      return wholeIf(endsWithSegment(tail, "BTS"));
    }
    if (head.startsWith("{") && tail.endsWith("}")) {
      return mayBeLines(tail) ? UNMARKED : WHOLE;
    }
    if (head.startsWith("{") || head.startsWith("[")) {
      return wholeIf(head.startsWith("[") && tail.endsWith("]"));
    }
    return head.startsWith("<") ? wholeIf(tail.endsWith(">")) : UNMARKED;
  }

  /** NDJSON, or one object on a line of its own, which cannot be told from it. */
  private static boolean mayBeLines(String tail) {
    int lastLine = Math.max(tail.lastIndexOf('\n'), tail.lastIndexOf('\r')) + 1;
    return lastLine == 0 || tail.charAt(lastLine) == '{';
  }

  private static FileEnding wholeIf(boolean end) {
    return end ? WHOLE : MISSING;
  }

  private static boolean endsWithSegment(String tail, String name) {
    List<String> lines = Arrays.asList(tail.split("[\r\n]+"));
    return withoutMarks(lines.get(lines.size() - 1)).startsWith(name);
  }

  /** Without a byte order mark, MLLP marks and blanks. */
  private static String withoutMarks(String text) {
    int from = text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0;
    while (from < text.length() && text.charAt(from) <= ' ') {
      from++;
    }
    return text.substring(from);
  }

  private static String read(RandomAccessFile file, long from) throws IOException {
    byte[] bytes = new byte[from == 0 && file.length() > TAIL_BYTES ? HEAD_BYTES : TAIL_BYTES];
    file.seek(from);
    int size = 0;
    for (int n = 0; size < bytes.length && n >= 0; size += Math.max(0, n)) {
      n = file.read(bytes, size, bytes.length - size);
    }
    return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
  }
}
