package org.medseal.connectors.folder;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.medseal.connectors.deidentify.QuarantineReason;

/** The items of one HL7 file; holds one message at a time. */
final class Hl7FileItems implements Iterator<FileItem>, Closeable {
  private static final int FIRST_BYTES = 8;

  private final InputStream in;
  private final int maxMessageBytes;
  private final Queue<FileItem> ready = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream current = new ByteArrayOutputStream();
  private boolean inMessage;
  private boolean oversize;
  private int messagesInBatch;
  private int batchesInFile;
  private Optional<byte[]> batch = Optional.empty();
  private boolean inFile;
  private boolean first = true;
  private boolean ended;

  Hl7FileItems(InputStream in, int maxMessageBytes) {
    this.in = in;
    this.maxMessageBytes = maxMessageBytes;
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready.isEmpty() && !ended) {
        if (readLine()) {
          take(line.toByteArray());
        } else {
          finish();
        }
      }
      return !ready.isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public FileItem next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A segment with its line end; a longer one than a message may be comes in pieces. */
  private boolean readLine() throws IOException {
    line.reset();
    int value;
    while (line.size() < maxMessageBytes && (value = in.read()) >= 0) {
      line.write(value);
      if (value == '\r' || value == '\n') {
        break;
      }
    }
    return line.size() > 0;
  }

  private void take(byte[] bytes) {
    byte[] start = withoutStart(bytes);
    first = false;
    switch (segmentName(start)) {
      case "MSH" -> {
        emit();
        inMessage = true;
        messagesInBatch++;
        keep(start);
      }
      case "FHS" -> {
        emit();
        inFile = true;
        batchesInFile = 0;
      }
      case "BHS" -> {
        emit();
        batch = Optional.of(start);
        messagesInBatch = 0;
        batchesInFile++;
      }
      case "BTS" -> {
        emit();
        check(bytes, messagesInBatch);
        batch = Optional.empty();
      }
      case "FTS" -> {
        emit();
        check(bytes, batchesInFile);
        inFile = false;
      }
      default -> keep(bytes);
    }
  }

  private static String segmentName(byte[] start) {
    if (start.length < 3 || (start.length > 3 && Character.isLetterOrDigit(start[3]))) {
      return "";
    }
    return new String(start, 0, 3, StandardCharsets.ISO_8859_1);
  }

  /** Past a byte order mark and MLLP marks. */
  private byte[] withoutStart(byte[] bytes) {
    int from = 0;
    if (first
        && new String(bytes, 0, Math.min(3, bytes.length), StandardCharsets.ISO_8859_1)
            .equals("\u00ef\u00bb\u00bf")) {
      from = 3;
    }
    while (from < Math.min(bytes.length, FIRST_BYTES)
        && (bytes[from] == 0x0B || bytes[from] == 0x1C || bytes[from] == 0)) {
      from++;
    }
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private void keep(byte[] bytes) {
    if (current.size() + bytes.length > maxMessageBytes) {
      oversize = true;
      flush();
    }
    current.write(bytes, 0, bytes.length);
  }

  private void emit() {
    flush();
    oversize = false;
    inMessage = false;
  }

  private void flush() {
    byte[] raw = current.toByteArray();
    int end = endWithoutFiller(raw);
    current.reset();
    if (end == 0) {
      return;
    }
    if (oversize) {
      add(FileItem.broken(raw, QuarantineReason.TOO_LARGE));
    } else if (inMessage) {
      add(FileItem.message(Arrays.copyOf(raw, end)));
    } else {
      add(FileItem.broken(raw, QuarantineReason.UNPARSABLE));
    }
  }

  private void add(FileItem item) {
    ready.add(item.in(batch));
  }

  /** Line ends and the end mark after a message are not part of it. */
  private static int endWithoutFiller(byte[] raw) {
    int end = raw.length;
    while (end > 0 && raw[end - 1] >= 0 && raw[end - 1] <= ' ') {
      end--;
    }
    return end;
  }

  private void check(byte[] trailer, int counted) {
    Optional<Integer> claimed = claimedCount(trailer);
    if (claimed.isPresent() && claimed.get() != counted) {
      add(FileItem.broken(trailer, QuarantineReason.TRUNCATED));
    }
  }

  /** BTS-1 and FTS-1; optional in the standard. */
  private static Optional<Integer> claimedCount(byte[] trailer) {
    String text = new String(trailer, StandardCharsets.ISO_8859_1).strip();
    String digits = text.length() > 4 ? text.substring(4).replaceAll("[^0-9].*", "") : "";
    return digits.isEmpty() || digits.length() > 9
        ? Optional.empty()
        : Optional.of(Integer.parseInt(digits));
  }

  private void finish() throws IOException {
    emit();
    if (first) {
      add(FileItem.broken(new byte[0], QuarantineReason.UNPARSABLE));
    }
    if (batch.isPresent() || inFile) {
      byte[] missing = (batch.isPresent() ? "BTS" : "FTS").getBytes(StandardCharsets.US_ASCII);
      add(FileItem.broken(missing, QuarantineReason.TRUNCATED));
    }
    ended = true;
    in.close();
  }
}
