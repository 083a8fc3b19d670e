package org.medseal.audit;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A Bundle made entry by entry as it is read; nothing but one entry is held. */
final class ExportStream extends InputStream {
  private static final String HEAD = "{\"resourceType\":\"Bundle\",\"type\":\"collection\"";
  private static final String LIST = ",\"entry\":[";

  /** An entry as an element of the Bundle. */
  interface Form {
    byte[] of(ChainedEntry entry);
  }

  private final AuditTrail trail;
  private final AuditQuery query;
  private final Form form;
  private final long last;
  private long sequence;
  private boolean begun;
  private boolean ended;
  private byte[] part = HEAD.getBytes(StandardCharsets.UTF_8);
  private int at;

  ExportStream(AuditTrail trail, AuditQuery query, Form form) {
    this.trail = trail;
    this.query = query;
    this.form = form;
    this.last = trail.size();
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    while (at == part.length) {
      if (ended) {
        return -1;
      }
      nextPart();
    }
    int count = Math.min(length, part.length - at);
    System.arraycopy(part, at, into, offset, count);
    at += count;
    return count;
  }

  private void nextPart() {
    Optional<Long> next = trail.next(query, sequence, last);
    at = 0;
    if (next.isEmpty()) {
      part = (begun ? "]}" : "}").getBytes(StandardCharsets.UTF_8);
      ended = true;
      return;
    }
    sequence = next.get();
    byte[] before = (begun ? "," : LIST).getBytes(StandardCharsets.UTF_8);
    byte[] entry = form.of(trail.entry(sequence));
    part = new byte[before.length + entry.length];
    System.arraycopy(before, 0, part, 0, before.length);
    System.arraycopy(entry, 0, part, before.length, entry.length);
    begun = true;
  }
}
