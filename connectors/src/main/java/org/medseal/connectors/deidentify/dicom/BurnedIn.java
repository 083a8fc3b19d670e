package org.medseal.connectors.deidentify.dicom;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;

/**
 * Whether pixels, or a document in place of pixels, may show identity that no tag rule reaches.
 *
 * @param sopClasses UIDs; one that ends in a dot stands for all below it
 * @param modalities whose images carry text
 * @param imageTypes words of (0008,0008) that mean a copy of a screen
 * @param cleanDevices {@code manufacturer/model} known to draw nothing into the pixels; they do not
 *     outweigh (0028,0301) = YES
 */
record BurnedIn(
    List<String> sopClasses,
    Set<String> modalities,
    List<String> imageTypes,
    Set<String> cleanDevices) {

  private static final int OVERLAY_GROUPS = 16;

  /** The tag that gives it away. */
  Optional<Integer> suspect(Dataset dataset) {
    if (ascii(dataset, Tag.BURNED_IN_ANNOTATION).equals("YES")) {
      return Optional.of(Tag.BURNED_IN_ANNOTATION);
    }
    Optional<Integer> overlay = overlayInPixels(dataset);
    if (overlay.isPresent() || isCleanDevice(dataset)) {
      return overlay;
    }
    String sopClass = ascii(dataset, Tag.SOP_CLASS_UID);
    if (sopClasses.stream().anyMatch(uid -> isOrIsBelow(sopClass, uid))) {
      return Optional.of(Tag.SOP_CLASS_UID);
    }
    return hasPixels(dataset) ? suspectPixels(dataset) : Optional.empty();
  }

  private Optional<Integer> suspectPixels(Dataset dataset) {
    if (modalities.contains(ascii(dataset, Tag.MODALITY))) {
      return Optional.of(Tag.MODALITY);
    }
    if (dataset.contains(Tag.CONVERSION_TYPE)) {
      return Optional.of(Tag.CONVERSION_TYPE);
    }
    boolean screen =
        dataset.find(Tag.IMAGE_TYPE).stream()
            .flatMap(element -> Values.text(element, SpecificCharacterSet.DEFAULT).stream())
            .map(value -> value.toUpperCase(Locale.ROOT))
            .anyMatch(value -> imageTypes.stream().anyMatch(value::contains));
    return screen ? Optional.of(Tag.IMAGE_TYPE) : Optional.empty();
  }

  /** Overlay planes in spare bits of the pixels stay there when group 60XX goes. */
  private static Optional<Integer> overlayInPixels(Dataset dataset) {
    for (int plane = 0; plane < OVERLAY_GROUPS; plane++) {
      int group = 0x6000 + 2 * plane;
      Optional<Element> position = dataset.find(Tag.of(group, 0x0102));
      if (position.isPresent()
          && Values.firstWord(position.get()) > 0
          && !dataset.contains(Tag.of(group, 0x3000))) {
        return Optional.of(Tag.of(group, 0x0102));
      }
    }
    return Optional.empty();
  }

  private boolean isCleanDevice(Dataset dataset) {
    String device =
        ascii(dataset, Tag.MANUFACTURER) + "/" + ascii(dataset, Tag.MANUFACTURER_MODEL_NAME);
    return cleanDevices.contains(device);
  }

  private static boolean hasPixels(Dataset dataset) {
    return dataset.contains(Tag.PIXEL_DATA)
        || dataset.contains(Tag.FLOAT_PIXEL_DATA)
        || dataset.contains(Tag.DOUBLE_FLOAT_PIXEL_DATA);
  }

  private static boolean isOrIsBelow(String sopClass, String uid) {
    return uid.endsWith(".") ? sopClass.startsWith(uid) : sopClass.equals(uid);
  }

  private static String ascii(Dataset dataset, int tag) {
    return Values.firstAscii(dataset, tag).orElse("");
  }
}
