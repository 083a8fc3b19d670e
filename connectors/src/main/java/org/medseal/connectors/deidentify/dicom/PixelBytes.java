package org.medseal.connectors.deidentify.dicom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.medseal.connectors.content.BlockInput;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.dicom.BulkData;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Values;

/** Sees to it that the pixel data that is to leave holds pixels and nothing else. */
record PixelBytes(ResidualScan scan, ImageComments comments) {
  private static final String RLE_LOSSLESS = "1.2.840.10008.1.2.5";
  private static final String ENCAPSULATED_UNCOMPRESSED = "1.2.840.10008.1.2.1.98";
  private static final int ITEM_HEAD_BYTES = 8;
  private static final Set<Integer> PIXELS =
      Set.of(Tag.PIXEL_DATA, Tag.FLOAT_PIXEL_DATA, Tag.DOUBLE_FLOAT_PIXEL_DATA);

  /**
   * Blanks what no decoder needs. QuarantineException names the attribute where there is anything
   * else that is no pixel.
   */
  void clean(Dataset released, TransferSyntax syntax) throws IOException {
    for (Element element : List.copyOf(released.elements())) {
      if (element instanceof Element.Sequence sequence) {
        checkItems(sequence, "");
      } else if (element instanceof Element.Encapsulated frames) {
        released.put(cleanFrames(frames, released, syntax));
      } else if (element instanceof Element.Plain plain && PIXELS.contains(plain.tag())) {
        checkPlain(plain, released);
      }
    }
  }

  /** An image inside an item is judged by nobody. */
  private static void checkItems(Element.Sequence sequence, String path) {
    int number = 0;
    for (Dataset item : sequence.items()) {
      String place = Paths.item(path, sequence.tag(), number++);
      for (Element element : item.elements()) {
        if (PIXELS.contains(element.tag())) {
          throw new QuarantineException(
              QuarantineReason.BURNED_IN_PIXELS, place + Tag.toString(element.tag()));
        }
        if (element instanceof Element.Sequence inner) {
          checkItems(inner, place);
        }
      }
    }
  }

  /** After the last pixel there may be one byte of padding, or zeros. */
  private void checkPlain(Element.Plain pixels, Dataset image) throws IOException {
    OptionalLong described = PixelLayout.describedBytes(image);
    long length = pixels.value().lengthBytes();
    if (described.isEmpty()) {
      if (length > ByteTables.MOST_BYTES) {
        throw foreign(pixels);
      } else if (HiddenText.anyIn(pixels.value(), pixels.vr().wordBytes(), scan::occursIn)) {
        throw new QuarantineException(
            QuarantineReason.RESIDUAL_IDENTITY, Tag.toString(pixels.tag()));
      }
    } else if (length > described.getAsLong() + 1) {
      try (InputStream in = new BufferedInputStream(pixels.value().open())) {
        in.skipNBytes(described.getAsLong());
        for (int next = in.read(); next >= 0; next = in.read()) {
          if (next != 0) {
            throw foreign(pixels);
          }
        }
      }
    }
  }

  private Element cleanFrames(Element.Encapsulated pixels, Dataset image, TransferSyntax syntax)
      throws IOException {
    if (pixels.fragments().isEmpty()) {
      return pixels;
    }
    List<BulkData> frames = pixels.fragments().subList(1, pixels.fragments().size());
    checkOffsets(pixels, frames);
    switch (syntax.uid()) {
      case RLE_LOSSLESS -> checkRle(pixels, frames, image);
      case ENCAPSULATED_UNCOMPRESSED -> checkUncompressed(pixels, frames, image);
      default -> {
        return walked(pixels, frames, image);
      }
    }
    return pixels;
  }

  /** PS3.5 section A.4: empty, or one offset a frame, the first 0. */
  private static void checkOffsets(Element.Encapsulated pixels, List<BulkData> frames)
      throws IOException {
    BulkData table = pixels.fragments().get(0);
    long end = frames.stream().mapToLong(frame -> frame.lengthBytes() + ITEM_HEAD_BYTES).sum();
    if (table.lengthBytes() % 4 != 0 || table.lengthBytes() / 4 > frames.size()) {
      throw foreign(pixels);
    }
    ByteBuffer offsets = ByteBuffer.wrap(Values.bytes(table)).order(ByteOrder.LITTLE_ENDIAN);
    long before = -1;
    while (offsets.hasRemaining()) {
      long offset = offsets.getInt() & 0xFFFFFFFFL;
      if (offset <= before || (before < 0 && offset != 0) || offset >= end) {
        throw foreign(pixels);
      }
      before = offset;
    }
  }

  private static void checkRle(Element.Encapsulated pixels, List<BulkData> frames, Dataset image) {
    OptionalLong planePixels = PixelLayout.planePixels(image);
    for (BulkData frame : frames) {
      if (planePixels.isEmpty()
          || !RleFrame.holdsOnly(Values.bytes(frame), planePixels.getAsLong())) {
        throw foreign(pixels);
      }
    }
  }

  private static void checkUncompressed(
      Element.Encapsulated pixels, List<BulkData> frames, Dataset image) {
    long held = frames.stream().mapToLong(BulkData::lengthBytes).sum();
    OptionalLong described = PixelLayout.describedBytes(image);
    if (described.isEmpty() || held > described.getAsLong() + frames.size()) {
      throw foreign(pixels);
    }
  }

  private Element walked(Element.Encapsulated pixels, List<BulkData> fragments, Dataset image)
      throws IOException {
    long[] ends = fragments.stream().mapToLong(BulkData::lengthBytes).toArray();
    Arrays.parallelPrefix(ends, Long::sum);
    try (InputStream in = new BufferedInputStream(new Joined(fragments.iterator()), 1 << 16)) {
      ImageWalk walk = new ImageWalk(in, ends, comments, scan::occursIn);
      if (walk.frames() < PixelLayout.frames(image)) {
        throw foreign(pixels);
      }
      List<BulkData> clean = new ArrayList<>(List.of(pixels.fragments().get(0)));
      clean.addAll(BlankedBytes.in(fragments, walk.blanks()));
      return new Element.Encapsulated(pixels.tag(), pixels.vr(), clean);
    }
  }

  /** Fragments one after the other, each opened when its turn comes. */
  private static final class Joined extends BlockInput {
    private final Iterator<BulkData> left;
    private InputStream current = InputStream.nullInputStream();

    Joined(Iterator<BulkData> fragments) {
      this.left = fragments;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = current.read(to, offset, length);
      while (count < 0 && left.hasNext()) {
        current.close();
        current = left.next().open();
        count = current.read(to, offset, length);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      current.close();
    }
  }

  private static QuarantineException foreign(Element pixels) {
    return new QuarantineException(QuarantineReason.UNPARSABLE, Tag.toString(pixels.tag()));
  }
}
