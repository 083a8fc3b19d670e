package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.dicom.DataDictionary;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;

/**
 * PS3.15 table E.1-1 row by row: a file with the attribute goes in, and what comes out is judged.
 */
class ProfileTableTest {
  private static final Path TABLE =
      Path.of(
          "connectors/src/main/resources/org/medseal/connectors/dicom/confidentiality-profile.tsv");

  /** Attributes of commands, directories, printing, signatures and results: never kept at all. */
  private static final Set<Integer> DROPPED_GROUPS =
      Set.of(
          0x0000, 0x0002, 0x0004, 0x0074, 0x0100, 0x0400, 0x2030, 0x2100, 0x2200, 0x4000, 0x4008);

  /** Stronger than the table: its option columns are not used for these. */
  private static final Map<Integer, String> STRICTER =
      Map.of(
          0x00700001, "graphic annotations are dropped whole",
          0x00181204, "a date of manufacture tells devices apart",
          0x00181205, "a date of installation does as well",
          0x00102160, "ethnic group is not a patient characteristic anybody needs",
          0x00401101, "a person's codes");

  /** Cleaned by vocabulary; no word of the marker is listed. */
  private static final Set<Integer> DESCRIPTORS =
      Set.of(0x00081030, 0x0008103E, 0x00181030, 0x30060026);

  /** Written anew on every release. */
  private static final Set<Integer> REWRITTEN = Set.of(Tag.PATIENT_NAME, Tag.PATIENT_ID);

  private static final String MARKER = "Wqzarbel";
  private static final String MARKER_UID = "1.3.6.1.4.1.99999.77.1";

  private enum Fate {
    ABSENT,
    EMPTY,
    DUMMY,
    MAPPED,
    SHIFTED,
    KEPT,
    WALKED,
    REWRITTEN
  }

  /** One row of the table with the attribute it is tried on. */
  private record Row(String printed, int tag, Vr vr, List<String> cells) {
    String basic() {
      return cells.get(1);
    }

    boolean patientCharacteristic() {
      return cells.get(6).equals("K");
    }

    boolean modifiedDate() {
      return cells.get(8).equals("C");
    }

    boolean structuredContent() {
      return cells.get(10).equals("C");
    }
  }

  @Test
  void everyRowOfTheTableHasTheOutcomeOfItsActionCode() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<Row> rows = rows();
    DicomDeidentifier engine = DicomDeidFixture.engine();
    for (Row row : rows) {
      Fate expected = expected(row);
      byte[] file = DicomDeidFixture.explicit(DicomDeidFixture.ct().put(planted(row)));
      Outcome outcome = engine.deidentify(file, DicomDeidFixture.LOCAL);
      Dataset released = Part10.read(DicomDeidFixture.released(outcome).content()).dataset();
      if (!holds(expected, row, released)) {
        wrong.add(row.printed() + " " + row.vr() + " " + row.basic() + " is not " + expected);
      }
      if (expected != Fate.KEPT) {
        assertThat(DicomDeidFixture.ascii(DicomDeidFixture.explicit(released)))
            .as(row.printed())
            .doesNotContain(MARKER)
            .doesNotContain(MARKER_UID);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).hasSize(621);
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      String[] cells = line.split("\t", -1);
      if (cells[0].equals("tag")) {
        continue;
      }
      String tag = cells[0].startsWith("(GGGG") ? "(0029,1010)" : cells[0].replace("XX,", "02,");
      tag = tag.replace("XXXX", "0010");
      int value =
          Tag.of(
              Integer.parseInt(tag.substring(1, 5), 16),
              Integer.parseInt(tag.substring(6, 10), 16));
      rows.add(new Row(cells[0], value, vr(value), List.of(cells)));
    }
    return rows;
  }

  private static Vr vr(int tag) {
    String printed =
        DataDictionary.standard().find(tag).map(DataDictionary.Attribute::vr).orElse("LO");
    return Vr.valueOf(printed.isEmpty() ? "UN" : printed.substring(0, 2));
  }

  private static Fate expected(Row row) {
    if (REWRITTEN.contains(row.tag())) {
      return Fate.REWRITTEN;
    }
    if (Tag.isPrivate(row.tag())
        || DROPPED_GROUPS.contains(Tag.group(row.tag()))
        || STRICTER.containsKey(row.tag())) {
      return Fate.ABSENT;
    }
    if (row.patientCharacteristic()) {
      return Fate.KEPT;
    }
    if (row.modifiedDate() && (row.vr() == Vr.DA || row.vr() == Vr.DT)) {
      return Fate.SHIFTED;
    }
    if (row.modifiedDate() && row.vr() == Vr.TM) {
      return Fate.KEPT;
    }
    if (row.structuredContent() && row.vr() == Vr.SQ) {
      return Fate.WALKED;
    }
    return DESCRIPTORS.contains(row.tag()) ? Fate.EMPTY : basic(row);
  }

  private static Fate basic(Row row) {
    boolean sequence = row.vr() == Vr.SQ;
    return switch (row.basic()) {
      case "X" -> Fate.ABSENT;
      case "Z" -> Fate.EMPTY;
      case "X/Z" -> sequence ? Fate.ABSENT : Fate.EMPTY;
      case "D", "Z/D" -> sequence ? Fate.WALKED : Fate.DUMMY;
      case "X/D", "X/Z/D" -> sequence ? Fate.ABSENT : Fate.DUMMY;
      case "U" -> Fate.MAPPED;
      case "X/Z/U*" -> Fate.WALKED;
      default -> throw new AssertionError(row.basic());
    };
  }

  private static Element planted(Row row) {
    Vr vr = row.vr();
    return switch (vr) {
      case SQ ->
          Part10.sequence(
              row.tag(),
              new Dataset()
                  .put(Part10.text(0x00081155, Vr.UI, MARKER_UID))
                  .put(Part10.text(0x00080090, Vr.PN, MARKER))
                  .put(Part10.text(0x00091010, Vr.LO, MARKER)));
      case UI -> Part10.text(row.tag(), vr, MARKER_UID);
      case DA -> Part10.text(row.tag(), vr, "20010203");
      case DT -> Part10.text(row.tag(), vr, "20010203040506");
      case TM -> Part10.text(row.tag(), vr, "040506");
      case AS -> Part10.text(row.tag(), vr, "043Y");
      case DS, IS -> Part10.text(row.tag(), vr, "73");
      case CS -> Part10.text(row.tag(), vr, row.patientCharacteristic() ? "YES" : "WQZARBEL");
      default ->
          vr.isText()
              ? Part10.text(row.tag(), vr, row.patientCharacteristic() ? "plain" : MARKER)
              : Part10.bytes(
                  row.tag(), vr, MARKER.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    };
  }

  private static boolean holds(Fate fate, Row row, Dataset released) {
    Optional<Element> found = released.find(row.tag());
    Element source = planted(row);
    return switch (fate) {
      case ABSENT -> found.isEmpty();
      case EMPTY -> found.filter(ProfileTableTest::isEmpty).isPresent();
      case DUMMY -> found.filter(e -> !isEmpty(e) && !e.equals(source)).isPresent();
      case MAPPED -> text(found).startsWith("2.25.");
      case SHIFTED ->
          text(found).matches("200[0-2]\\d{4}(040506)?") && !text(found).equals("20010203");
      case KEPT ->
          row.vr() == Vr.AS ? text(found).equals("040Y") : found.filter(source::equals).isPresent();
      case WALKED -> found.filter(ProfileTableTest::isWalked).isPresent();
      case REWRITTEN -> !text(found).contains(MARKER);
    };
  }

  private static boolean isEmpty(Element element) {
    return element instanceof Element.Plain plain
        ? plain.value().lengthBytes() == 0
        : element instanceof Element.Sequence sequence && sequence.items().isEmpty();
  }

  /** The UID inside is mapped, the referring physician emptied, the private attribute gone. */
  private static boolean isWalked(Element element) {
    Dataset item = ((Element.Sequence) element).items().get(0);
    return text(item.find(0x00081155)).startsWith("2.25.")
        && item.find(0x00080090).filter(ProfileTableTest::isEmpty).isPresent()
        && !item.contains(0x00091010);
  }

  private static String text(Optional<Element> element) {
    return element
        .map(e -> Values.text(e, SpecificCharacterSet.DEFAULT))
        .filter(values -> !values.isEmpty())
        .map(values -> values.get(0))
        .orElse("");
  }
}
