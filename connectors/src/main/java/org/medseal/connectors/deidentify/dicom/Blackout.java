package org.medseal.connectors.deidentify.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.dicom.BulkData;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Vr;

/** Removes regions from pixel data that is uncompressed or RLE Lossless; no other is decoded. */
final class Blackout {
  private static final String RLE_LOSSLESS = "1.2.840.10008.1.2.5";

  private Blackout() {}

  /** The pixel data without the regions; empty where that cannot be done with certainty. */
  static Optional<Element> of(Dataset dataset, TransferSyntax syntax, List<Region> regions) {
    Optional<PixelLayout> layout = PixelLayout.of(dataset);
    Optional<Element> pixels = dataset.find(Tag.PIXEL_DATA);
    if (layout.isEmpty() || pixels.isEmpty()) {
      return Optional.empty();
    }
    if (pixels.get() instanceof Element.Plain plain && !syntax.encapsulated()) {
      return plain(plain, layout.get(), regions);
    }
    return pixels.get() instanceof Element.Encapsulated frames && syntax.uid().equals(RLE_LOSSLESS)
        ? rle(frames, layout.get(), regions)
        : Optional.empty();
  }

  private static Optional<Element> plain(
      Element.Plain pixels, PixelLayout layout, List<Region> regions) {
    return pixels.value().lengthBytes() < layout.frameBytes() * layout.frames()
        ? Optional.empty()
        : Optional.of(
            new Element.Plain(
                pixels.tag(), pixels.vr(), new BlackedOutPixels(pixels.value(), layout, regions)));
  }

  /** One fragment a frame (PS3.5 section A.4.2), after an offset table that is left empty. */
  private static Optional<Element> rle(
      Element.Encapsulated pixels, PixelLayout layout, List<Region> regions) {
    if (pixels.fragments().size() != layout.frames() + 1) {
      return Optional.empty();
    }
    List<BulkData> fragments = new ArrayList<>();
    fragments.add(MemoryBulkData.of(new byte[0]));
    for (BulkData frame : pixels.fragments().subList(1, pixels.fragments().size())) {
      Optional<BulkData> blackened = BlackedOutRle.of(frame, layout, regions);
      if (blackened.isEmpty()) {
        return Optional.empty();
      }
      fragments.add(blackened.get());
    }
    return Optional.of(new Element.Encapsulated(pixels.tag(), Vr.OB, fragments));
  }
}
