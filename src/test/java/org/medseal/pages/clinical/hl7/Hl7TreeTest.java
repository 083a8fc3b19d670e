package org.medseal.pages.clinical.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.medseal.pages.clinical.hl7.Hl7Tree.FieldNode;
import org.medseal.pages.clinical.hl7.Hl7Tree.Part;
import org.medseal.pages.clinical.hl7.Hl7Tree.SegmentNode;
import org.medseal.pages.clinical.shown.ShownText;

class Hl7TreeTest {
  private static final String MSH = "MSH|^~\\&|LIS|H|MS|H|20240131120000||ORU^R01|1|P|2.5.1\r";

  @Test
  void segmentsAndFieldsHaveTheirNames() {
    SegmentNode pid = segment(MSH + "PID|1||77^^^HOSP1^MR||||19700101|F\r", "PID", Locale.ENGLISH);
    assertThat(pid.name()).isEqualTo("Patient");
    assertThat(field(pid, "PID-3").name()).isEqualTo("Patient identifier list");
    assertThat(texts(field(pid, "PID-7"))).containsExactly("1970-01-01");
    assertThat(parts(field(pid, "PID-3")).get(1).name()).isEqualTo("Assigning authority");
    assertThat(parts(field(pid, "PID-3")).get(1).position()).isEqualTo(4);
  }

  @Test
  void namesAreChineseForChineseReaders() {
    SegmentNode pid = segment(MSH + "PID|1||77^^^HOSP1^MR\r", "PID", Locale.CHINA);
    assertThat(pid.name()).isEqualTo("患者");
    assertThat(field(pid, "PID-3").name()).isEqualTo("患者标识符列表");
  }

  @Test
  void everyNameIsThereInBothLanguages() {
    for (String table : List.of("segments.tsv", "fields.tsv", "components.tsv")) {
      var names = org.medseal.pages.clinical.shown.NameTable.read(Hl7Names.class, table);
      assertThat(names).hasSizeGreaterThan(80);
      assertThat(names.values())
          .allSatisfy(
              name -> {
                assertThat(name.english()).isNotBlank();
                assertThat(name.chinese()).matches(".*(\\p{IsHan}|UID|UDI).*");
              });
    }
  }

  @Test
  void anUnknownSegmentIsShownWithoutAName() {
    SegmentNode local = segment(MSH + "ZXY|a||b\r", "ZXY", Locale.ENGLISH);
    assertThat(local.name()).isEmpty();
    assertThat(local.fields()).extracting(FieldNode::place).containsExactly("ZXY-1", "ZXY-3");
  }

  @Test
  void repetitionsAndSubcomponentsStandApart() {
    SegmentNode pid = segment(MSH + "PID|||1^^^A&1.2&ISO~2\r", "PID", Locale.ENGLISH);
    FieldNode list = field(pid, "PID-3");
    assertThat(list.repetitions()).hasSize(2);
    assertThat(list.repetitions().get(1).isPlain()).isTrue();
    assertThat(parts(list).get(1).values())
        .extracting(ShownText::text)
        .containsExactly("A", "1.2", "ISO");
  }

  @Test
  void escapesAreResolvedAndUnreadableOnesSeen() {
    SegmentNode nte = segment(MSH + "NTE|1||a\\T\\b\\.br\\c\\X07\\\\Q\\\r", "NTE", Locale.ENGLISH);
    assertThat(texts(field(nte, "NTE-3"))).containsExactly("a&b\nc\uFFFD\uFFFD");
  }

  @Test
  void observationsMakeATableOfResults() {
    Hl7Tree tree =
        tree(
            MSH
                + "OBR|1|||CBC^Blood count^L\r"
                + "OBX|1|NM|718-7^Haemoglobin^LN||7.1|g/dL^g/dL^UCUM|12-16|LL|||F|||20240131\r"
                + "OBX|2|SN|1^Titre||>^100\r",
            Locale.ENGLISH);
    Hl7Result first = tree.results().get(0);
    assertThat(first.group().text()).isEqualTo("Blood count");
    assertThat(first.name().text()).isEqualTo("Haemoglobin");
    assertThat(first.value().text()).isEqualTo("7.1");
    assertThat(first.unit().text()).isEqualTo("g/dL");
    assertThat(first.time().text()).isEqualTo("2024-01-31");
    assertThat(first.isAbnormal()).isTrue();
    assertThat(first.isCritical()).isTrue();
    Hl7Result second = tree.results().get(1);
    assertThat(second.value().text()).isEqualTo("> 100");
    assertThat(second.group().isEmpty()).isTrue();
    assertThat(second.isAbnormal()).isFalse();
    assertThat(tree.segments().get(2).gist().text()).isEqualTo("Haemoglobin: 7.1 g/dL (12-16) LL");
  }

  @Test
  void aDocumentInAnObservationIsNamedNotSpelledOut() {
    Hl7Tree tree = tree(MSH + "OBX|1|ED|1^Report||LIS^application^pdf^Base64^AAAA\r", Locale.ROOT);
    assertThat(tree.results().get(0).value().text()).isEqualTo("[ED application]");
  }

  @Test
  void manySegmentsAreCountedNotShown() {
    Hl7Tree tree = tree(MSH + "NTE|1||x\r".repeat(Hl7TreeReader.MOST_SEGMENTS + 4), Locale.ENGLISH);
    assertThat(tree.segments()).hasSize(Hl7TreeReader.MOST_SEGMENTS);
    assertThat(tree.left()).isEqualTo(5);
  }

  @Test
  void whatIsNoMessageIsNoTree() {
    assertThat(new Hl7TreeReader(Locale.ENGLISH).read("<html>".getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
  }

  private static Hl7Tree tree(String message, Locale locale) {
    return new Hl7TreeReader(locale).read(message.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  private static SegmentNode segment(String message, String id, Locale locale) {
    return tree(message, locale).segments().stream()
        .filter(segment -> segment.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static FieldNode field(SegmentNode segment, String place) {
    return segment.fields().stream()
        .filter(field -> field.place().equals(place))
        .findFirst()
        .orElseThrow();
  }

  private static List<Part> parts(FieldNode field) {
    return field.repetitions().get(0).parts();
  }

  private static List<String> texts(FieldNode field) {
    return parts(field).stream()
        .flatMap(part -> part.values().stream())
        .map(ShownText::text)
        .toList();
  }
}
