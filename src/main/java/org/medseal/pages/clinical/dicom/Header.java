package org.medseal.pages.clinical.dicom;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Values;

/** Values of a data set by their tags, and of one frame of an enhanced image by its groups. */
record Header(Dataset dataset, SpecificCharacterSet characters) {
  private static final int SHARED_GROUPS = 0x52009229;
  private static final int PER_FRAME_GROUPS = 0x52009230;

  Header(Dataset dataset) {
    this(
        dataset,
        SpecificCharacterSet.in(dataset, SpecificCharacterSet.DEFAULT)
            .orElse(SpecificCharacterSet.DEFAULT));
  }

  /** The first value; empty text where there is none. */
  String text(int tag) {
    return Values.first(dataset, tag, characters).orElse("");
  }

  List<String> texts(int tag) {
    return dataset.find(tag).map(each -> Values.text(each, characters)).orElse(List.of());
  }

  /** -1 where there is none. */
  int word(int tag) {
    return dataset.find(tag).map(Values::firstWord).orElse(-1);
  }

  /** A decimal string; empty for what is no finite number. */
  OptionalDouble number(int tag) {
    return number(text(tag));
  }

  static OptionalDouble number(String text) {
    if (!text.matches("[+-]?(\\d{1,16}(\\.\\d{0,16})?|\\.\\d{1,16})([eE][+-]?\\d{1,2})?")) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Double.parseDouble(text));
  }

  /**
   * Of an enhanced image what holds for that frame, of another one the data set itself (PS3.3
   * section C.7.6.16).
   *
   * @param frame from 1
   * @param macro the sequence in which the attributes stand
   */
  Header ofFrame(int frame, int macro) {
    return group(PER_FRAME_GROUPS, frame, macro)
        .or(() -> group(SHARED_GROUPS, 1, macro))
        .map(found -> new Header(found, characters))
        .orElse(this);
  }

  private Optional<Dataset> group(int groups, int number, int macro) {
    return item(dataset, groups, number).flatMap(group -> item(group, macro, 1));
  }

  private static Optional<Dataset> item(Dataset in, int tag, int number) {
    return in.find(tag)
        .filter(Element.Sequence.class::isInstance)
        .map(found -> ((Element.Sequence) found).items())
        .filter(items -> items.size() >= number)
        .map(items -> items.get(number - 1));
  }
}
