package org.medseal.bench.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomCodec;
import org.medseal.connectors.dicom.DicomWriter;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Vr;

/**
 * A multi-frame CT that is made while it is read: a sample's head, and as many frames of 512 by 512
 * words as asked for. Never whole anywhere.
 */
final class LargeObject implements Content {
  static final int FRAME_BYTES = 2 * 512 * 512;

  private static final Path SAMPLE = Path.of("samples/dicom/ct-head.dcm");
  private static final int NUMBER_OF_FRAMES = 0x00280008;
  private static final int ROWS = 0x00280010;
  private static final int COLUMNS = 0x00280011;

  private final byte[] head;
  private final long pixelBytes;

  LargeObject(int frames) throws IOException {
    this.pixelBytes = (long) frames * FRAME_BYTES;
    this.head = head(frames, pixelBytes);
  }

  private static byte[] head(int frames, long pixelBytes) throws IOException {
    Dataset dataset = new Dataset();
    DicomCodec.standard().read(Content.of(SAMPLE)).dataset().elements().stream()
        .filter(element -> Integer.compareUnsigned(element.tag(), Tag.PIXEL_DATA) < 0)
        .forEach(dataset::put);
    byte[] side = {0, 2};
    dataset
        .put(Element.ascii(NUMBER_OF_FRAMES, Vr.IS, String.valueOf(frames)))
        .put(new Element.Plain(ROWS, Vr.US, MemoryBulkData.of(side)))
        .put(new Element.Plain(COLUMNS, Vr.US, MemoryBulkData.of(side)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.write(TransferSyntax.EXPLICIT_LITTLE, dataset, out);
    ByteBuffer pixels = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    pixels.putShort((short) Tag.group(Tag.PIXEL_DATA)).putShort((short) 0x0010);
    pixels.put((byte) 'O').put((byte) 'W').putShort((short) 0).putInt((int) pixelBytes);
    out.writeBytes(pixels.array());
    return out.toByteArray();
  }

  long pixelBytes() {
    return pixelBytes;
  }

  @Override
  public long sizeBytes() {
    return head.length + pixelBytes;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    InputStream in = new SequenceInputStream(new ByteArrayInputStream(head), pixels());
    in.skipNBytes(offset);
    return in;
  }

  InputStream pixels() {
    return new Pixels(pixelBytes);
  }

  /** Words that repeat in no frame. */
  private static final class Pixels extends InputStream {
    private final long length;
    private long at;

    Pixels(long length) {
      this.length = length;
    }

    private static byte at(long position) {
      long mixed = (position >>> 3) * 0x9E3779B97F4A7C15L;
      return (byte) (mixed >>> (8 * (position & 7)));
    }

    @Override
    public int read() {
      return at == length ? -1 : at(at++) & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int count) {
      if (at == length) {
        return -1;
      }
      int take = (int) Math.min(count, length - at);
      for (int i = 0; i < take; i++) {
        to[offset + i] = at(at + i);
      }
      at += take;
      return take;
    }
  }
}
