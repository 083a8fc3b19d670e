package org.medseal.connectors.deidentify.dicom;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.medseal.connectors.dicom.BulkData;

/** Uncompressed frames, zero in some regions; the frames themselves are read as they pass. */
final class BlackedOutPixels implements BulkData {
  private final BulkData source;
  private final long frameBytes;
  private final long endOfFrames;
  private final TreeMap<Long, Long> runs;

  BlackedOutPixels(BulkData source, PixelLayout layout, List<Region> regions) {
    this.source = source;
    this.frameBytes = layout.frameBytes();
    this.endOfFrames = frameBytes * layout.frames();
    this.runs = layout.runs(regions);
  }

  @Override
  public long lengthBytes() {
    return source.lengthBytes();
  }

  @Override
  public InputStream open() throws IOException {
    return new FilterInputStream(source.open()) {
      private long position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        int count = super.read(to, offset, length);
        if (count > 0) {
          blacken(to, offset, position, count);
          position += count;
        }
        return count;
      }

      @Override
      public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 1 << 16)).length;
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }

  /** Bytes {@code from} and on of the value stand in the buffer at {@code offset}. */
  private void blacken(byte[] buffer, int offset, long from, int count) {
    long end = Math.min(from + count, endOfFrames);
    for (long frame = from / frameBytes * frameBytes; frame < end; frame += frameBytes) {
      Long first = runs.floorKey(Math.max(0, from - frame));
      var hit = first == null ? runs : runs.tailMap(first, true);
      for (var run : hit.entrySet()) {
        long start = Math.max(frame + run.getKey(), from);
        long stop = Math.min(frame + run.getValue(), end);
        if (frame + run.getKey() >= end) {
          break;
        }
        if (start < stop) {
          Arrays.fill(
              buffer, offset + (int) (start - from), offset + (int) (stop - from), (byte) 0);
        }
      }
    }
    // What follows the last frame is nobody's pixel.
    if (end < from + count) {
      int start = offset + (int) (Math.max(end, from) - from);
      Arrays.fill(buffer, start, offset + count, (byte) 0);
    }
  }
}
