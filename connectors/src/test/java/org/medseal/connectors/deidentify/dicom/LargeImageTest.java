package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Explanation;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Vr;

class LargeImageTest {
  private static final int PIXEL_BYTES = 64 << 20;
  private static final long MOST_ALLOCATED = 16L << 20;

  /** A CT whose last element is 64 MiB of pixels that exist only while they are read. */
  private static final class Endless implements Content {
    private final byte[] head;

    Endless() {
      byte[] small =
          DicomDeidFixture.explicit(
              DicomDeidFixture.ct()
                  .put(Part10.bytes(0x00280010, Vr.US, (byte) 0, (byte) 0x20))
                  .put(Part10.bytes(0x00280011, Vr.US, (byte) 0, (byte) 0x20))
                  .put(Part10.bytes(0x00280100, Vr.US, (byte) 8, (byte) 0))
                  .put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, new byte[2])));
      head = Arrays.copyOf(small, small.length - 2);
      for (int i = 0; i < 4; i++) {
        head[head.length - 4 + i] = (byte) (PIXEL_BYTES >>> (8 * i));
      }
    }

    @Override
    public long sizeBytes() {
      return head.length + (long) PIXEL_BYTES;
    }

    @Override
    public InputStream open(long offset) throws IOException {
      InputStream in =
          new SequenceInputStream(new ByteArrayInputStream(head), new Sevens(PIXEL_BYTES));
      in.skipNBytes(offset);
      return in;
    }
  }

  private static final class Sevens extends InputStream {
    private int left;

    Sevens(int count) {
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 7 : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = Math.min(length, left);
      Arrays.fill(to, offset, offset + count, (byte) 7);
      left -= count;
      return count;
    }
  }

  /** Counts sevens at the end of what it is given. */
  private static final class Tail extends OutputStream {
    private long sevens;

    @Override
    public void write(int b) {
      sevens = b == 7 ? sevens + 1 : 0;
    }
  }

  @Test
  void anImageIsReadDeidentifiedAndWrittenWithoutEverBeingWholeOnTheHeap() throws IOException {
    DicomDeidentifier engine = DicomDeidFixture.engine();
    allocatedFor(engine, new Endless()); // what classes and tables take once counts for no image
    assertThat(allocatedFor(engine, new Endless())).isLessThan(MOST_ALLOCATED);
  }

  /** In bytes, by this thread. */
  private static long allocatedFor(DicomDeidentifier engine, Content image) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    DeidentifiedRecord record =
        DicomDeidFixture.released(
            engine.deidentify(image, DicomDeidFixture.LOCAL, Explanation.none()));
    Tail tail = new Tail();
    long written;
    try (InputStream in = record.document().open()) {
      written = in.transferTo(tail);
    }
    assertThat(written).isEqualTo(record.document().sizeBytes());
    assertThat(tail.sevens).isEqualTo(PIXEL_BYTES);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
