package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.medseal.connectors.deidentify.ResidualScan.Leaf;
import org.medseal.connectors.dicom.BulkData;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Vr;

/**
 * Every text of a released data set by its path, in every reading, as the residual scan wants it:
 * also what stands in tables of bytes and in the comments of compressed images. Left out is what
 * this engine made itself (the pseudonym, mapped UIDs) and what holds any digits by chance
 * (decimals, pixels, samples).
 */
final class ReleasedText {
  private static final Set<Integer> IMAGES_AND_CURVES =
      Set.of(Tag.PIXEL_DATA, 0x54000110, 0x54000112, 0x5400100A, 0x54001010);
  private static final Set<Vr> BYTES = Set.of(Vr.OB, Vr.OW, Vr.UN);

  private final String pseudonym;
  private final List<Leaf> leaves = new ArrayList<>();

  private ReleasedText(String pseudonym) {
    this.pseudonym = pseudonym;
  }

  static List<Leaf> of(Dataset released, SpecificCharacterSet outer, String pseudonym)
      throws IOException {
    ReleasedText text = new ReleasedText(pseudonym);
    text.collect(released, outer, "");
    return text.leaves;
  }

  private void collect(Dataset dataset, SpecificCharacterSet outer, String path)
      throws IOException {
    SpecificCharacterSet characters = CharacterSets.in(dataset, outer, path);
    for (Element element : dataset.elements()) {
      String place = path + Tag.toString(element.tag());
      if (element instanceof Element.Sequence sequence) {
        int number = 0;
        for (Dataset item : sequence.items()) {
          collect(item, characters, Paths.item(path, sequence.tag(), number++));
        }
      } else if (element instanceof Element.Encapsulated encapsulated) {
        for (BulkData fragment : encapsulated.fragments()) {
          addAll(place, HiddenText.inImageHeader(fragment));
        }
      } else if (element instanceof Element.Plain plain) {
        collect(plain, characters, place);
      }
    }
  }

  private void collect(Element.Plain plain, SpecificCharacterSet characters, String path)
      throws IOException {
    boolean code = plain.tag() == Tag.CODE_VALUE;
    if (BYTES.contains(plain.vr()) && !IMAGES_AND_CURVES.contains(plain.tag())) {
      addAll(path, HiddenText.inBytes(plain.value()));
    }
    for (String value : Readings.of(plain, characters)) {
      if (!isOurs(plain.vr(), value)) {
        leaves.add(new Leaf(path, value, code));
      }
    }
  }

  private void addAll(String path, List<String> texts) {
    texts.forEach(text -> leaves.add(new Leaf(path, text)));
  }

  private boolean isOurs(Vr vr, String value) {
    return switch (vr) {
      case UI -> value.startsWith("2.25.");
      case DS -> !value.matches("[+-]?\\d+");
      default -> value.equals(pseudonym);
    };
  }
}
