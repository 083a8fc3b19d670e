package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.medseal.connectors.content.BlockInput;
import org.medseal.connectors.content.Content;

/** A content of which some bytes are others; only read once through, in order. */
final class PatchedContent implements Content {
  /**
   * What stands in the place of so many bytes.
   *
   * @param bytes not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never shared
  record Patch(long offset, int lengthBytes, byte[] bytes) {}

  private final Content base;
  private final List<Patch> patches;

  /** The patches do not overlap. */
  PatchedContent(Content base, List<Patch> patches) {
    this.base = base;
    this.patches = patches.stream().sorted(Comparator.comparingLong(Patch::offset)).toList();
  }

  @Override
  public long sizeBytes() {
    return base.sizeBytes()
        + patches.stream().mapToLong(each -> each.bytes().length - each.lengthBytes()).sum();
  }

  @Override
  public InputStream open(long offset) throws IOException {
    Objects.checkFromToIndex(offset, sizeBytes(), sizeBytes());
    InputStream in = new Patched(base.open());
    in.skipNBytes(offset);
    return in;
  }

  private final class Patched extends BlockInput {
    private final InputStream in;
    private long position;
    private int next;
    private int within;

    Patched(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (next == patches.size()) {
        return in.read(to, offset, length);
      }
      Patch patch = patches.get(next);
      if (position < patch.offset()) {
        int count = in.read(to, offset, (int) Math.min(length, patch.offset() - position));
        position += Math.max(0, count);
        return count;
      }
      int count = Math.min(length, patch.bytes().length - within);
      System.arraycopy(patch.bytes(), within, to, offset, count);
      within += count;
      if (within == patch.bytes().length) {
        in.skipNBytes(patch.lengthBytes());
        position += patch.lengthBytes();
        within = 0;
        next++;
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
