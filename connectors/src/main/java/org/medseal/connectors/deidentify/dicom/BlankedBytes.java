package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.medseal.connectors.content.BlockInput;
import org.medseal.connectors.dicom.BulkData;

/**
 * A fragment in which some bytes are others, so that offsets and lengths stay true.
 *
 * @param start of the fragment, in bytes of all fragments one after the other
 * @param blanks in rising order, each within the fragment at least in part
 */
record BlankedBytes(BulkData source, long start, List<Blank> blanks) implements BulkData {
  /** Bytes from one offset, counted over all fragments, up to before another; all become one. */
  record Blank(long from, long to, byte filler) {}

  /** The fragments with these blanks, which stand in rising order. */
  static List<BulkData> in(List<BulkData> fragments, List<Blank> blanks) {
    List<BulkData> out = new ArrayList<>();
    long start = 0;
    int first = 0;
    for (BulkData fragment : fragments) {
      long end = start + fragment.lengthBytes();
      while (first < blanks.size() && blanks.get(first).to() <= start) {
        first++;
      }
      int last = first;
      while (last < blanks.size() && blanks.get(last).from() < end) {
        last++;
      }
      List<Blank> here = blanks.subList(first, last);
      out.add(here.isEmpty() ? fragment : new BlankedBytes(fragment, start, here));
      start = end;
    }
    return out;
  }

  @Override
  public long lengthBytes() {
    return source.lengthBytes();
  }

  @Override
  public InputStream open() throws IOException {
    return new Blanked(source.open());
  }

  private final class Blanked extends BlockInput {
    private final InputStream in;
    private long position = start;
    private int next;

    Blanked(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = in.read(to, offset, length);
      if (count <= 0) {
        return count;
      }
      long end = position + count;
      while (next < blanks.size() && blanks.get(next).to() <= position) {
        next++;
      }
      for (int i = next; i < blanks.size() && blanks.get(i).from() < end; i++) {
        Blank blank = blanks.get(i);
        int from = offset + (int) (Math.max(blank.from(), position) - position);
        int until = offset + (int) (Math.min(blank.to(), end) - position);
        Arrays.fill(to, from, until, blank.filler());
      }
      position = end;
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
