package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Vr;

/**
 * Searches every text of a released data set, in every reading, also what stands in tables of
 * bytes. Left out is what this engine made itself (the pseudonym, mapped UIDs) and what holds any
 * digits by chance (decimals, pixels, samples). Holds one value at a time.
 */
final class ReleasedText {
  private static final int LONGEST_REMEMBERED = 256;
  private static final int MOST_REMEMBERED = 20_000;

  private final ResidualScan scan;
  private final String pseudonym;
  private final Set<String> clean = new HashSet<>();

  private ReleasedText(ResidualScan scan, String pseudonym) {
    this.scan = scan;
    this.pseudonym = pseudonym;
  }

  /** The path of the first value that still names somebody. */
  static Optional<String> hit(
      Dataset released, SpecificCharacterSet outer, ResidualScan scan, String pseudonym)
      throws IOException {
    return new ReleasedText(scan, pseudonym).search(released, outer, "");
  }

  private Optional<String> search(Dataset dataset, SpecificCharacterSet outer, String path)
      throws IOException {
    SpecificCharacterSet characters = CharacterSets.in(dataset, outer, path);
    for (Element element : dataset.elements()) {
      Optional<String> hit = Optional.empty();
      if (element instanceof Element.Sequence sequence) {
        hit = search(sequence, characters, path);
      } else if (element instanceof Element.Plain plain && holds(plain, characters)) {
        hit = Optional.of(path + Tag.toString(element.tag()));
      }
      if (hit.isPresent()) {
        return hit;
      }
    }
    return Optional.empty();
  }

  private Optional<String> search(
      Element.Sequence sequence, SpecificCharacterSet characters, String path) throws IOException {
    int number = 0;
    for (Dataset item : sequence.items()) {
      Optional<String> hit = search(item, characters, Paths.item(path, sequence.tag(), number++));
      if (hit.isPresent()) {
        return hit;
      }
    }
    return Optional.empty();
  }

  private boolean holds(Element.Plain plain, SpecificCharacterSet characters) throws IOException {
    if (ByteTables.isOne(plain)
        && HiddenText.anyIn(plain.value(), plain.vr().wordBytes(), scan::occursIn)) {
      return true;
    }
    boolean code = plain.tag() == Tag.CODE_VALUE;
    for (String value : Readings.of(plain, characters)) {
      if (!isOurs(plain.vr(), value)
          && (code ? scan.occursInPublishedCode(value) : !isClean(value))) {
        return true;
      }
    }
    return false;
  }

  /** Remembers short values, since multi-frame images repeat them. */
  private boolean isClean(String value) {
    if (clean.contains(value)) {
      return true;
    }
    boolean found = scan.occursIn(value);
    if (!found && value.length() <= LONGEST_REMEMBERED && clean.size() < MOST_REMEMBERED) {
      clean.add(value);
    }
    return !found;
  }

  private boolean isOurs(Vr vr, String value) {
    return switch (vr) {
      case UI -> value.startsWith("2.25.");
      case DS -> !value.matches("[+-]?\\d+");
      default -> value.equals(pseudonym);
    };
  }
}
