package org.medseal.connectors.deidentify.dicom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.deidentify.RuleCounts;
import org.medseal.connectors.deidentify.dicom.DicomRules.Decision;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;
import org.medseal.crypto.pseudonym.PseudonymKey;

/** Applies one decision to one element that is no sequence. */
final class ValueRewriter {
  private static final String STANDARD_ROOT = "1.2.840.10008.";
  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");
  private static final Pattern CODE_STRING = Pattern.compile("[A-Za-z0-9 _./+-]{0,64}");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?|");
  private static final Pattern TIME = Pattern.compile("[0-9:.]{0,16}");

  private static final long MOST_TEXT_BYTES = 4L << 20;

  private final DicomRules rules;
  private final PseudonymKey local;
  private final Person person;
  private final ResidualScan scan;
  private final RuleCounts counts;

  ValueRewriter(
      DicomRules rules, PseudonymKey local, Person person, ResidualScan scan, RuleCounts counts) {
    this.rules = rules;
    this.local = local;
    this.person = person;
    this.scan = scan;
    this.counts = counts;
  }

  /** Empty where nothing stays. */
  Optional<Element> rewrite(Element element, Decision decision, SpecificCharacterSet characters) {
    counts.add(decision.name());
    int tag = element.tag();
    Vr vr = element.vr();
    return switch (decision.method()) {
      case KEEP -> keep(element, characters);
      case DROP -> Optional.empty();
      case EMPTY -> Optional.of(Element.empty(tag, vr));
      case DUMMY -> Optional.of(Dummies.of(element));
      case PSEUDONYM -> Optional.of(pseudonym(element, characters));
      case SHIFT_DATE -> Optional.of(shift(element));
      case GENERALIZE ->
          mapped(element, new AgeBand(settings().ageBandYears(), settings().oldestAge())::of);
      case MAP_UID -> mapped(element, value -> Optional.of(mapUid(value)));
      case ALLOW_VOCABULARY -> Optional.of(allow(element, decision, characters));
    };
  }

  private DicomSettings settings() {
    return rules.settings();
  }

  /** Numbers and bulk as they are; text only where it has its VR's form and names nobody. */
  private Optional<Element> keep(Element element, SpecificCharacterSet characters) {
    if (ByteTables.isTooLong(element)) {
      counts.add("long bytes drop");
      return Optional.empty();
    }
    if (ByteTables.isUneven(element)) {
      counts.add("uneven numbers drop");
      return Optional.empty();
    }
    if (!element.vr().isText()) {
      return Optional.of(element);
    }
    if (isTooLong(element)) {
      counts.add("long text empty");
      return Optional.of(Element.empty(element.tag(), element.vr()));
    }
    List<String> values = Values.text(element, characters);
    boolean formed = values.stream().allMatch(value -> hasForm(element.vr(), value));
    if (!formed) {
      counts.add("malformed " + element.vr() + " empty");
    }
    // Coded strings stand each for itself; of numbers one without the others would mislead.
    if (!formed && element.vr() != Vr.CS) {
      return Optional.of(Element.empty(element.tag(), element.vr()));
    }
    List<String> clean =
        values.stream()
            .map(v -> hasForm(element.vr(), v) && !namesSomebody(element, v) ? v : "")
            .toList();
    boolean otherwiseRead =
        Readings.of(element, characters).stream().anyMatch(v -> namesSomebody(element, v));
    if (clean.equals(values) && !otherwiseRead) {
      return Optional.of(element);
    }
    if (formed || otherwiseRead) {
      counts.add("identity in " + Tag.toString(element.tag()) + " empty");
    }
    boolean ascii = String.join("", clean).chars().allMatch(c -> c < 128);
    return Optional.of(
        ascii && !clean.equals(values)
            ? Element.ascii(element.tag(), element.vr(), String.join("\\", clean))
            : Element.empty(element.tag(), element.vr()));
  }

  /** A hundred thousand decimals of a grid may be as long; no text that stays is. */
  private static boolean isTooLong(Element element) {
    return element instanceof Element.Plain plain && plain.value().lengthBytes() > MOST_TEXT_BYTES;
  }

  /** Decimals hold any digits by chance; a whole number might be somebody's. */
  private boolean namesSomebody(Element element, String value) {
    if (element.tag() == Tag.CODE_VALUE) {
      return scan.occursInPublishedCode(value);
    }
    boolean decimal = element.vr() == Vr.DS && !value.matches("[+-]?\\d+");
    return !decimal && scan.occursIn(value);
  }

  private static boolean hasForm(Vr vr, String value) {
    return switch (vr) {
      case CS -> CODE_STRING.matcher(value).matches();
      case DS, IS -> NUMBER.matcher(value).matches();
      case TM -> TIME.matcher(value).matches();
      default -> value.indexOf('\uFFFD') < 0;
    };
  }

  private Element pseudonym(Element element, SpecificCharacterSet characters) {
    Optional<String> value =
        Values.text(element, characters).stream().findFirst().filter(v -> !v.isEmpty());
    if (element.tag() != Tag.PATIENT_ID) {
      return value
          .map(v -> local.keyed("DICOM-ID", v.getBytes(StandardCharsets.UTF_8)))
          .map(mac -> HexFormat.of().formatHex(mac, 0, 8))
          .<Element>map(id -> Element.ascii(element.tag(), element.vr(), id))
          .orElse(Element.empty(element.tag(), element.vr()));
    }
    boolean thePatient = value.isPresent() && value.equals(person.sourceId());
    return thePatient
        ? Element.ascii(element.tag(), element.vr(), person.pseudonym())
        : Element.empty(element.tag(), element.vr());
  }

  private Element shift(Element element) {
    Function<String, Optional<String>> shift =
        element.vr() == Vr.DA ? person.dates()::date : person.dates()::dateTime;
    return element.vr() == Vr.DA || element.vr() == Vr.DT
        ? mapped(element, shift).orElseThrow()
        : Element.empty(element.tag(), element.vr());
  }

  private Optional<Element> mapped(Element element, Function<String, Optional<String>> map) {
    if (isTooLong(element)) {
      return Optional.of(Element.empty(element.tag(), element.vr()));
    }
    List<String> out = new ArrayList<>();
    for (String value : Values.text(element, SpecificCharacterSet.DEFAULT)) {
      out.add(value.isEmpty() ? "" : map.apply(value).orElse(""));
    }
    return Optional.of(Element.ascii(element.tag(), element.vr(), String.join("\\", out)));
  }

  /** What is not even a UID is mapped as well: it would still be somebody's mark. */
  private String mapUid(String value) {
    return value.startsWith(STANDARD_ROOT) && UID.matcher(value).matches()
        ? value
        : local.uid(value);
  }

  private Element allow(Element element, Decision decision, SpecificCharacterSet characters) {
    Vocabulary words = new Vocabulary(settings().vocabularies().get(decision.vocabulary()));
    boolean allowed =
        !isTooLong(element)
            && Values.text(element, characters).stream().allMatch(words::allows)
            && Readings.of(element, characters).stream().noneMatch(scan::occursIn);
    if (allowed) {
      return element;
    }
    return decision.dummy() ? Dummies.of(element) : Element.empty(element.tag(), element.vr());
  }
}
