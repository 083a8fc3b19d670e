package org.medseal.connectors.deidentify;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The messages of one file: HL7 v2 by MLLP frames and MSH lines, FHIR by NDJSON lines. */
public final class MessageFile {

  private static final int LONGEST_PREFIX = 8;
  private static final byte VT = 0x0B;
  private static final byte FS = 0x1C;
  private static final Set<String> ENVELOPE = Set.of("FHS", "BHS", "BTS", "FTS");

  private MessageFile() {}

  /** {@code name} decides about NDJSON only. Anything that is no container is one message. */
  public static List<byte[]> split(String name, byte[] content) {
    if (name.toLowerCase(Locale.ROOT).endsWith(".ndjson")) {
      return lines(content).stream().filter(l -> !isBlank(l)).toList();
    }
    return hl7(content) ? messages(content) : List.of(content);
  }

  private static boolean hl7(byte[] content) {
    for (byte[] line : lines(Arrays.copyOf(content, Math.min(content.length, 4_096)))) {
      if (!isBlank(line)) {
        String id = id(line);
        return id.equals("MSH") || ENVELOPE.contains(id);
      }
    }
    return false;
  }

  /** Every MSH line begins a message; lines of batch envelopes belong to none. */
  private static List<byte[]> messages(byte[] content) {
    List<byte[]> out = new ArrayList<>();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (byte[] line : lines(content)) {
      String id = id(line);
      boolean begins = id.equals("MSH");
      if ((begins || ENVELOPE.contains(id)) && message.size() > 0) {
        out.add(message.toByteArray());
        message.reset();
      }
      boolean within = begins || message.size() > 0;
      if (within && !ENVELOPE.contains(id) && !isBlank(line)) {
        message.writeBytes(line);
        message.write('\r');
      }
    }
    if (message.size() > 0) {
      out.add(message.toByteArray());
    }
    return out.isEmpty() ? List.of(content) : out;
  }

  /** Lines without their ends; CR, LF, CRLF and the marks of MLLP frames end one. */
  private static List<byte[]> lines(byte[] content) {
    List<byte[]> out = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= content.length; i++) {
      boolean end =
          i == content.length
              || content[i] == '\r'
              || content[i] == '\n'
              || content[i] == VT
              || content[i] == FS;
      if (end) {
        if (i > from) {
          out.add(Arrays.copyOfRange(content, from, i));
        }
        from = i + 1;
      }
    }
    return out;
  }

  /** A segment id followed by a field separator; empty if the line begins otherwise. */
  private static String id(byte[] line) {
    int head = Math.min(line.length, LONGEST_PREFIX);
    String text = new String(line, 0, head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00EF\u00BB\u00BF")) {
      text = text.substring(3);
    }
    text = text.stripLeading();
    boolean separated = text.length() > 3 && !Character.isLetterOrDigit(text.charAt(3));
    return separated ? text.substring(0, 3) : "";
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b > ' ' || b < 0) {
        return false;
      }
    }
    return true;
  }
}
