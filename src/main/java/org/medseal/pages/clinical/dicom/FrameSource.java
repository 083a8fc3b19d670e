package org.medseal.pages.clinical.dicom;

import java.util.Optional;
import org.medseal.connectors.deidentify.dicom.PixelLayout;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.connectors.dicom.Tag;

/**
 * Whether frames of an image can be drawn, from its header alone.
 *
 * @param layout empty where they cannot
 * @param obstacle why they cannot; NONE where they can
 */
record FrameSource(Optional<PixelLayout> layout, Obstacle obstacle) {
  private static final int PHOTOMETRIC = 0x00280004;

  static FrameSource of(DicomHead head) {
    Optional<DicomHead.Pixels> pixels = head.pixels();
    if (pixels.isEmpty() || pixels.get().tag() != Tag.PIXEL_DATA) {
      return refused(pixels.isEmpty() ? Obstacle.NO_PIXELS : Obstacle.UNUSUAL);
    }
    if (pixels.get().lengthBytes() == DicomHead.ENCAPSULATED
        || head.file().syntax().encapsulated()) {
      return refused(Obstacle.COMPRESSED);
    }
    Dataset dataset = head.file().dataset();
    Optional<PixelLayout> layout = PixelLayout.of(dataset).filter(each -> drawable(each, dataset));
    if (layout.isEmpty()) {
      return refused(Obstacle.UNUSUAL);
    }
    return pixels.get().lengthBytes() < layout.get().frameBytes()
        ? refused(Obstacle.CUT)
        : new FrameSource(layout, Obstacle.NONE);
  }

  private static boolean drawable(PixelLayout layout, Dataset dataset) {
    return switch (new Header(dataset).text(PHOTOMETRIC)) {
      case "MONOCHROME1", "MONOCHROME2" -> layout.samples() == 1;
      case "RGB", "YBR_FULL" -> layout.samples() == 3 && layout.sampleBytes() < 4;
      default -> false;
    };
  }

  private static FrameSource refused(Obstacle obstacle) {
    return new FrameSource(Optional.empty(), obstacle);
  }
}
