package org.medseal.connectors.deidentify.dicom;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Values;

/**
 * Whether pixels, or a document in place of pixels, may show identity that no tag rule reaches.
 *
 * @param documents SOP classes that hold something else than pixels: no device rule helps
 * @param sopClasses of images; a UID that ends in a dot stands for all below it
 * @param transferSyntaxes of video, in the same spelling
 * @param modalities whose images carry text
 * @param slideModalities whose images carry the slide's label unless (0048,0010) denies it
 * @param imageTypes words of (0008,0008) that mean a copy of a screen or of a label
 * @param devices what is known of some devices; the first that matches counts
 */
record BurnedIn(
    List<String> documents,
    List<String> sopClasses,
    List<String> transferSyntaxes,
    Set<String> modalities,
    Set<String> slideModalities,
    List<String> imageTypes,
    List<DeviceRule> devices) {

  private static final int OVERLAY_GROUPS = 16;
  private static final int SPECIMEN_LABEL_IN_IMAGE = 0x00480010;

  PixelVerdict judge(DicomFile file) {
    Dataset dataset = file.dataset();
    Optional<Integer> beyondRules = document(dataset).or(() -> overlayInPixels(dataset));
    if (beyondRules.isPresent()) {
      return new PixelVerdict.Suspect(beyondRules.get());
    }
    Optional<Integer> suspect = suspect(dataset, file.syntax());
    Optional<DeviceRule> device =
        hasPixels(dataset)
            ? devices.stream().filter(rule -> rule.matches(dataset)).findFirst()
            : Optional.empty();
    if (device.isEmpty()) {
      return verdict(suspect);
    }
    List<Region> regions = device.get().blackout();
    if (regions.isEmpty()) {
      return verdict(suspect.filter(tag -> tag == Tag.BURNED_IN_ANNOTATION));
    }
    return Blackout.of(dataset, file.syntax(), regions)
        .<PixelVerdict>map(PixelVerdict.Blackened::new)
        .orElse(new PixelVerdict.Suspect(suspect.orElse(Tag.PIXEL_DATA)));
  }

  private static PixelVerdict verdict(Optional<Integer> suspect) {
    return suspect.<PixelVerdict>map(PixelVerdict.Suspect::new).orElseGet(PixelVerdict.Clean::new);
  }

  private Optional<Integer> document(Dataset dataset) {
    return isListed(documents, ascii(dataset, Tag.SOP_CLASS_UID))
        ? Optional.of(Tag.SOP_CLASS_UID)
        : Optional.empty();
  }

  /** The tag that gives it away, if no device rule knows better. */
  private Optional<Integer> suspect(Dataset dataset, TransferSyntax syntax) {
    if (saysBurnedIn(dataset)) {
      return Optional.of(Tag.BURNED_IN_ANNOTATION);
    }
    if (isListed(sopClasses, ascii(dataset, Tag.SOP_CLASS_UID))) {
      return Optional.of(Tag.SOP_CLASS_UID);
    }
    if (!hasPixels(dataset)) {
      return Optional.empty();
    }
    return isListed(transferSyntaxes, syntax.uid())
        ? Optional.of(Tag.TRANSFER_SYNTAX_UID)
        : suspectPixels(dataset);
  }

  /** On any level; vendors' own sequences, which never leave, left out. */
  private static boolean saysBurnedIn(Dataset dataset) {
    return ascii(dataset, Tag.BURNED_IN_ANNOTATION).equals("YES")
        || dataset.elements().stream()
            .filter(element -> !Tag.isPrivate(element.tag()))
            .filter(Element.Sequence.class::isInstance)
            .flatMap(sequence -> ((Element.Sequence) sequence).items().stream())
            .anyMatch(BurnedIn::saysBurnedIn);
  }

  private Optional<Integer> suspectPixels(Dataset dataset) {
    String modality = ascii(dataset, Tag.MODALITY);
    if (modalities.contains(modality)) {
      return Optional.of(Tag.MODALITY);
    }
    String label = ascii(dataset, SPECIMEN_LABEL_IN_IMAGE);
    if (label.equals("YES") || (slideModalities.contains(modality) && !label.equals("NO"))) {
      return Optional.of(SPECIMEN_LABEL_IN_IMAGE);
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

  private static boolean hasPixels(Dataset dataset) {
    return dataset.contains(Tag.PIXEL_DATA)
        || dataset.contains(Tag.FLOAT_PIXEL_DATA)
        || dataset.contains(Tag.DOUBLE_FLOAT_PIXEL_DATA);
  }

  private static boolean isListed(List<String> listed, String uid) {
    return listed.stream()
        .anyMatch(one -> one.endsWith(".") ? uid.startsWith(one) : uid.equals(one));
  }

  private static String ascii(Dataset dataset, int tag) {
    return Values.firstAscii(dataset, tag).orElse("").toUpperCase(Locale.ROOT);
  }
}
