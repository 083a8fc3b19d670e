package org.medseal.connectors.deidentify.dicom;

import java.util.Arrays;
import java.util.Optional;
import org.medseal.connectors.dicom.DataDictionary;
import org.medseal.connectors.dicom.TagMask;
import org.medseal.connectors.dicom.Vr;

/**
 * What a rule applies to: a tag {@code (0008,1030)}, tags {@code (60XX,XXXX)}, a keyword of PS3.6
 * or a value representation {@code VR:LO}.
 */
sealed interface RulePath {
  record Tags(TagMask mask) implements RulePath {}

  record Representation(Vr vr) implements RulePath {}

  static Optional<RulePath> parse(String text) {
    if (text.startsWith("VR:")) {
      return Arrays.stream(Vr.values())
          .filter(vr -> vr.name().equals(text.substring(3)))
          .findFirst()
          .map(Representation::new);
    }
    if (text.startsWith("(")) {
      return mask(text).map(Tags::new);
    }
    return DataDictionary.standard().tagOf(text).map(tag -> new Tags(new TagMask(tag, 0xFFFFFFFF)));
  }

  static Optional<Integer> exactTag(String text) {
    return parse(text)
        .filter(Tags.class::isInstance)
        .map(path -> ((Tags) path).mask())
        .filter(TagMask::isExact)
        .map(TagMask::value);
  }

  /** A full tag must be one of PS3.6, so that a slip of the pen does not go unseen. */
  private static Optional<TagMask> mask(String text) {
    try {
      TagMask mask = TagMask.parse(text);
      boolean known = !mask.isExact() || DataDictionary.standard().find(mask.value()).isPresent();
      return known ? Optional.of(mask) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
