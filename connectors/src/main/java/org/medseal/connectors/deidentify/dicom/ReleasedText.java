package org.medseal.connectors.deidentify.dicom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.medseal.connectors.deidentify.ResidualScan.Leaf;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;

/**
 * Every decoded text of a released data set by its path, as the residual scan wants it. Left out is
 * what this engine made itself (the pseudonym, mapped UIDs) and what holds any digits by chance
 * (decimals, pixels, samples).
 */
final class ReleasedText {
  private static final Set<Integer> IMAGES_AND_CURVES =
      Set.of(Tag.PIXEL_DATA, 0x54000110, 0x54000112, 0x5400100A, 0x54001010);

  private final String pseudonym;
  private final List<Leaf> leaves = new ArrayList<>();

  private ReleasedText(String pseudonym) {
    this.pseudonym = pseudonym;
  }

  static List<Leaf> of(Dataset released, SpecificCharacterSet outer, String pseudonym) {
    ReleasedText text = new ReleasedText(pseudonym);
    text.collect(released, outer, "");
    return text.leaves;
  }

  private void collect(Dataset dataset, SpecificCharacterSet outer, String path) {
    SpecificCharacterSet characters = CharacterSets.in(dataset, outer, path);
    for (Element element : dataset.elements()) {
      if (element instanceof Element.Sequence sequence) {
        int number = 0;
        for (Dataset item : sequence.items()) {
          collect(item, characters, Paths.item(path, sequence.tag(), number++));
        }
      } else if (element instanceof Element.Plain plain) {
        collect(plain, characters, path + Tag.toString(plain.tag()));
      }
    }
  }

  private void collect(Element.Plain plain, SpecificCharacterSet characters, String path) {
    boolean code = plain.tag() == Tag.CODE_VALUE;
    if (plain.vr() == Vr.OB && !IMAGES_AND_CURVES.contains(plain.tag())) {
      leaves.add(
          new Leaf(path, new String(Values.bytes(plain.value()), StandardCharsets.ISO_8859_1)));
    }
    for (String value : Values.text(plain, characters)) {
      if (!isOurs(plain.vr(), value) && !value.isBlank()) {
        leaves.add(new Leaf(path, value, code));
      }
    }
  }

  private boolean isOurs(Vr vr, String value) {
    return switch (vr) {
      case UI -> value.startsWith("2.25.");
      case DS -> !value.matches("[+-]?\\d+");
      default -> value.equals(pseudonym);
    };
  }
}
