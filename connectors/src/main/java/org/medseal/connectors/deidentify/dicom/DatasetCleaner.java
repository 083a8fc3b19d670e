package org.medseal.connectors.deidentify.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.deidentify.Explanation;
import org.medseal.connectors.deidentify.RuleCounts;
import org.medseal.connectors.deidentify.dicom.DicomRules.Decision;
import org.medseal.connectors.deidentify.rules.Method;
import org.medseal.connectors.dicom.DataDictionary;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;

/** Builds the data set that may leave, level by level. */
final class DatasetCleaner {
  private static final Set<String> FREE_TEXT_ITEMS = Set.of("TEXT", "PNAME");
  private static final int CONCEPT_NAME_CODE_SEQUENCE = 0x0040A043;
  private static final int WAVEFORM_ANNOTATION_SEQUENCE = 0x0040B020;
  private static final int UNFORMATTED_TEXT_VALUE = 0x00700006;

  /** Those that must have an item where they stand at all (PS3.3). */
  private static final Set<Integer> NEVER_EMPTY =
      Set.of(Tag.CONTENT_SEQUENCE, WAVEFORM_ANNOTATION_SEQUENCE);

  private final DicomRules rules;
  private final ValueRewriter values;
  private final CodedConcept codes;
  private final RuleCounts counts;
  private final Explanation explanation;

  DatasetCleaner(
      DicomRules rules,
      ValueRewriter values,
      CodedConcept codes,
      RuleCounts counts,
      Explanation explanation) {
    this.explanation = explanation;
    this.rules = rules;
    this.values = values;
    this.codes = codes;
    this.counts = counts;
  }

  Dataset clean(Dataset source, SpecificCharacterSet outer, String path) {
    SpecificCharacterSet characters = CharacterSets.in(source, outer, path);
    Dataset out = new Dataset();
    boolean localCode = CodedConcept.isCode(source) && !codes.isPublic(source);
    for (Element element : source.elements()) {
      if (!localCode || !CodedConcept.isPart(element.tag())) {
        clean(StandardVr.of(element), characters, path).ifPresent(out::put);
      }
    }
    if (localCode) {
      counts.add("local code keyed");
      codes.keyed(source).forEach(out::put);
    }
    return out;
  }

  private Optional<Element> clean(Element element, SpecificCharacterSet characters, String path) {
    int tag = element.tag();
    Decision decision = rules.decide(tag, element.vr());
    if (decision.method() != Method.DROP && !mayHave(tag, element.vr())) {
      decision = Decision.of(Method.DROP, "wrong VR drop");
    }
    Optional<Element> made = made(element, decision, characters, path);
    boolean kept = made.filter(DatasetCleaner::holdsSomething).isPresent();
    explanation.took(place(path, tag), decision.name(), decision.line(), kept);
    return made;
  }

  private static boolean holdsSomething(Element element) {
    return !(element instanceof Element.Plain plain && plain.value().lengthBytes() == 0)
        && !(element instanceof Element.Sequence sequence && sequence.items().isEmpty());
  }

  /** Without the numbers of items, so that a thousand of them are one line. */
  private static String place(String path, int tag) {
    return path.replaceAll("\\[\\d+]", "") + Tag.toString(tag);
  }

  private Optional<Element> made(
      Element element, Decision decision, SpecificCharacterSet characters, String path) {
    if (!(element instanceof Element.Sequence sequence)) {
      return values.rewrite(element, decision, characters);
    }
    counts.add(decision.name());
    int tag = element.tag();
    return switch (decision.method()) {
      case KEEP -> walked(sequence, characters, path);
      case EMPTY -> Optional.of(new Element.Sequence(tag, List.of()));
      default -> Optional.empty();
    };
  }

  private Optional<Element> walked(
      Element.Sequence sequence, SpecificCharacterSet characters, String path) {
    List<Dataset> items = items(sequence, characters, path);
    boolean allGone = items.isEmpty() && !sequence.items().isEmpty();
    return allGone && NEVER_EMPTY.contains(sequence.tag())
        ? Optional.empty()
        : Optional.of(new Element.Sequence(sequence.tag(), items));
  }

  private List<Dataset> items(
      Element.Sequence sequence, SpecificCharacterSet characters, String path) {
    List<Dataset> items = new ArrayList<>();
    int number = 0;
    for (Dataset item : sequence.items()) {
      String place = Paths.item(path, sequence.tag(), number++);
      if (isFreeText(sequence.tag(), item)) {
        counts.add("content item of free text drop");
      } else {
        items.add(clean(item, characters, place));
      }
    }
    return items;
  }

  /** SR content items, those of acquisition context and specimen preparation, notes on curves. */
  private boolean isFreeText(int sequence, Dataset item) {
    if (sequence == WAVEFORM_ANNOTATION_SEQUENCE
        && item.contains(UNFORMATTED_TEXT_VALUE)
        && !item.contains(CONCEPT_NAME_CODE_SEQUENCE)) {
      return true;
    }
    Optional<String> type = Values.firstAscii(item, Tag.VALUE_TYPE);
    if (type.isEmpty()) {
      return false;
    }
    return FREE_TEXT_ITEMS.contains(type.get())
        || item.find(CONCEPT_NAME_CODE_SEQUENCE).stream()
            .filter(Element.Sequence.class::isInstance)
            .flatMap(names -> ((Element.Sequence) names).items().stream())
            .anyMatch(name -> rules.settings().droppedConcepts().contains(CodedConcept.name(name)));
  }

  /** A VR that PS3.6 does not give this attribute could carry anything past the rules. */
  private static boolean mayHave(int tag, Vr vr) {
    return DataDictionary.standard()
        .find(tag)
        .map(attribute -> (" " + attribute.vr() + " ").contains(" " + vr + " "))
        .orElse(false);
  }
}
