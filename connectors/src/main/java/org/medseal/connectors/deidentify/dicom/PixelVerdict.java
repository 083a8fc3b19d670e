package org.medseal.connectors.deidentify.dicom;

import java.util.Set;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Vr;

/** Whether the pixels of one file may leave. */
sealed interface PixelVerdict {
  /** Nothing speaks against them. */
  record Clean() implements PixelVerdict {}

  /** They may show identity; the tag gives it away. */
  record Suspect(int tag) implements PixelVerdict {}

  /** They may once these stand in their place. */
  record Blackened(Element pixels) implements PixelVerdict {
    /** Offsets and lengths of frames as they were before. */
    private static final Set<Integer> EXTENDED_OFFSETS = Set.of(0x7FE00001, 0x7FE00002);

    /** The file with these pixels, which says NO of (0028,0301) since somebody has looked. */
    DicomFile in(DicomFile file) {
      Dataset dataset = new Dataset();
      for (Element element : file.dataset().elements()) {
        if (!EXTENDED_OFFSETS.contains(element.tag())) {
          dataset.put(element);
        }
      }
      dataset.put(pixels).put(Element.ascii(Tag.BURNED_IN_ANNOTATION, Vr.CS, "NO"));
      return new DicomFile(file.meta(), file.syntax(), dataset, file.leniencies());
    }
  }
}
