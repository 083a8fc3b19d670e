package org.medseal.connectors.stow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.content.BlockInput;
import org.medseal.connectors.stow.StowException.Reason;

/**
 * Reads a multipart body part by part as it comes (RFC 2046 section 5.1). Holds one buffer, never a
 * part. Not for several threads.
 */
final class MultipartReader {
  static final int MOST_PARTS = 10_000;
  private static final int MOST_HEADER_BYTES = 8192;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private int parts;
  private boolean closed;
  private Body body;

  /** A part's headers, names in lower case, and its body, to be read before the next part. */
  record Part(Map<String, String> headers, InputStream body) {
    Part {
      headers = Map.copyOf(headers);
    }
  }

  MultipartReader(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    // The first delimiter may have no line before it.
    buffer[0] = '\r';
    buffer[1] = '\n';
    limit = 2;
    body = new Body();
  }

  /** RFC 2046 section 5.1.1. */
  static boolean isBoundary(String text) {
    return text.matches("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");
  }

  /** Skips what is left of the part before; empty after the last delimiter. */
  Optional<Part> next() throws IOException {
    body.skipAll();
    if (closed) {
      return Optional.empty();
    }
    if (startsWith("--")) {
      closed = true;
      return Optional.empty();
    }
    if (++parts > MOST_PARTS) {
      throw new StowException(Reason.TOO_MUCH, "more than " + MOST_PARTS + " parts");
    }
    readPadding();
    Map<String, String> headers = readHeaders();
    body = new Body();
    return Optional.of(new Part(headers, body));
  }

  private boolean startsWith(String text) throws IOException {
    require(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (buffer[position + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void readPadding() throws IOException {
    int count = 0;
    while (startsWith(" ") || startsWith("\t")) {
      position++;
      if (++count > MOST_HEADER_BYTES) {
        throw new StowException(Reason.TOO_MUCH, "a delimiter longer than its line");
      }
    }
    if (!startsWith("\r\n")) {
      throw new StowException(Reason.MALFORMED, "a delimiter does not end its line");
    }
    position += 2;
  }

  private Map<String, String> readHeaders() throws IOException {
    Map<String, String> headers = new HashMap<>();
    int bytes = 0;
    // Without headers the empty line may be the delimiter's own.
    while (!isDelimiterNext()) {
      String line = readLine(MOST_HEADER_BYTES - bytes);
      bytes += line.length() + 2;
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new StowException(Reason.MALFORMED, "a part's header without a name");
      }
      headers.putIfAbsent(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }

  private boolean isDelimiterNext() throws IOException {
    fill(delimiter.length);
    return limit - position >= delimiter.length && isDelimiterAt(position);
  }

  private String readLine(int most) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      require(1);
      byte one = buffer[position++];
      if (one == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(one);
      if (line.size() > most) {
        throw new StowException(Reason.TOO_MUCH, "a part's headers are too long");
      }
    }
  }

  private void require(int count) throws IOException {
    if (!fill(count)) {
      throw new StowException(Reason.MALFORMED, "the body ends before its last delimiter");
    }
  }

  /** True if so many bytes are there to be looked at; fewer only at the end of the body. */
  private boolean fill(int count) throws IOException {
    if (limit - position >= count) {
      return true;
    }
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    while (limit < count) {
      int read = in.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        return false;
      }
      limit += read;
    }
    return true;
  }

  private boolean isDelimiterAt(int at) {
    for (int i = 0; i < delimiter.length; i++) {
      if (buffer[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  /** Up to the next delimiter; reading past the end of the request throws. */
  private final class Body extends BlockInput {
    private boolean over;

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (over || length == 0) {
        return over ? -1 : 0;
      }
      int ready = ready();
      if (ready == 0) {
        position += delimiter.length;
        over = true;
        return -1;
      }
      int count = Math.min(ready, length);
      System.arraycopy(buffer, position, to, offset, count);
      position += count;
      return count;
    }

    /** Bytes that are surely of this part; 0 at its delimiter. */
    private int ready() throws IOException {
      // Two more tell "--" and the end of a line from a boundary that merely begins alike.
      int wanted = delimiter.length + 2;
      require(wanted);
      int last = limit - wanted;
      for (int at = position; at <= last; at++) {
        if (buffer[at] == '\r' && isDelimiterAt(at) && endsLine(at + delimiter.length)) {
          return at - position;
        }
      }
      return last + 1 - position;
    }

    private boolean endsLine(int at) {
      return switch (buffer[at]) {
        case ' ', '\t' -> true;
        case '-' -> buffer[at + 1] == '-';
        case '\r' -> buffer[at + 1] == '\n';
        default -> false;
      };
    }

    void skipAll() throws IOException {
      byte[] some = new byte[8192];
      int taken;
      do {
        taken = read(some, 0, some.length);
      } while (taken >= 0);
    }
  }
}
