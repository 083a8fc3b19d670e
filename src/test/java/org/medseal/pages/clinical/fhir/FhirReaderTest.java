package org.medseal.pages.clinical.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medseal.pages.clinical.fhir.Card.Row;
import org.medseal.pages.clinical.shown.NameTable;

class FhirReaderTest {
  private static final String OBSERVATION =
      """
      {"resourceType":"Observation","id":"o1","status":"final",
       "code":{"coding":[{"system":"http://loinc.org","code":"718-7","display":"Hb"}],"text":"Haemoglobin"},
       "subject":{"reference":"Patient/p1"},"effectiveDateTime":"2024-01-31T12:05:00.123+08:00",
       "valueQuantity":{"value":7.1,"unit":"g/dL","comparator":"<"},
       "referenceRange":[{"low":{"value":12.0,"unit":"g/dL"},"high":{"value":16.0,"unit":"g/dL"}}],
       "interpretation":[{"coding":[{"code":"LL","display":"Critically low"}]}]}
      """;

  @Test
  void anObservationSaysWhatItFound() throws IOException {
    Card card = cards(OBSERVATION).get(0);
    assertThat(card.type()).isEqualTo("Observation");
    assertThat(card.title().text()).isEqualTo("Haemoglobin");
    assertThat(card.gist().value().text()).isEqualTo("<7.1 g/dL");
    assertThat(card.gist().range().text()).isEqualTo("12.0 – 16.0 g/dL");
    assertThat(card.gist().flag().text()).isEqualTo("Critically low");
    assertThat(card.status().text()).isEqualTo("final");
    assertThat(row(card, "Effective").values().get(0).text().text())
        .isEqualTo("2024-01-31 12:05:00+08:00");
    assertThat(row(card, "Code").values().get(0).detail().text())
        .isEqualTo("718-7 (http://loinc.org)");
    assertThat(card.json().text()).contains("\"resourceType\" : \"Observation\"");
  }

  @Test
  void cardsSpeakChinese() throws IOException {
    Card card = read(OBSERVATION, Locale.CHINESE, 1).cards().get(0);
    assertThat(card.type()).isEqualTo("观察结果");
    assertThat(row(card, "有效时间").values()).hasSize(1);
  }

  @Test
  void everyNameIsThereInBothLanguages() {
    for (String table : List.of("resources.tsv", "elements.tsv")) {
      assertThat(NameTable.read(FhirNames.class, table).values())
          .hasSizeGreaterThan(40)
          .allSatisfy(
              name -> {
                assertThat(name.english()).isNotBlank();
                assertThat(name.chinese()).matches(".*(\\p{IsHan}|UID).*");
              });
    }
  }

  @Test
  void aReferenceLeadsToTheCardOfWhatItMeans() throws IOException {
    String bundle =
        bundle("{\"resourceType\":\"Patient\",\"id\":\"p1\",\"gender\":\"female\"}", OBSERVATION);
    List<Card> cards = cards(bundle);
    assertThat(cards).extracting(Card::anchor).containsExactly("r1", "r2");
    assertThat(row(cards.get(1), "Patient").values().get(0).link()).isEqualTo("#r1");
  }

  @Test
  void aReferenceToAContainedResourceLeadsIntoItsCard() throws IOException {
    Card card =
        cards(
                """
                {"resourceType":"MedicationRequest","medicationReference":{"reference":"#m"},
                 "contained":[{"resourceType":"Device","id":"x"},
                              {"resourceType":"Medication","id":"m","code":{"text":"Aspirin"}}]}
                """)
            .get(0);
    assertThat(row(card, "Medication").values().get(0).link()).isEqualTo("#r1-2");
    assertThat(row(card, "Medication").values().get(0).text().text()).isEqualTo("Aspirin");
    assertThat(card.contained().get(1).title().text()).isEqualTo("Aspirin");
    assertThat(card.contained().get(1).anchor()).isEqualTo("r1-2");
  }

  @Test
  void aReferenceOutOfTheRecordLeadsNowhere() throws IOException {
    assertThat(row(cards(OBSERVATION).get(0), "Patient").values().get(0).link()).isEmpty();
  }

  @Test
  void aLongBundleComesInParts() throws IOException {
    String[] many =
        IntStream.rangeClosed(1, FhirReader.PART_SIZE + 1)
            .mapToObj(
                i ->
                    "{\"resourceType\":\"Condition\",\"id\":\"c"
                        + i
                        + "\",\"evidence\":[{\"detail\":[{\"reference\":\"Condition/c1\"}]}]}")
            .toArray(String[]::new);
    FhirView second = read(bundle(many), Locale.ENGLISH, 2);
    assertThat(second.parts()).isEqualTo(2);
    assertThat(second.cards()).extracting(Card::anchor).containsExactly("r51");
    assertThat(row(second.cards().get(0), "Detail").values().get(0).link()).isEqualTo("?part=1#r1");
    assertThat(second.counts()).containsEntry("Condition", 51);
    assertThat(read(bundle(many), Locale.ENGLISH, 99).cards()).hasSize(1);
    assertThat(read(bundle(many), Locale.ENGLISH, 1).cards()).hasSize(FhirReader.PART_SIZE);
  }

  @Test
  void whatEndsTooEarlyIsShownAsFarAsItCame() throws IOException {
    String bundle = bundle(OBSERVATION, OBSERVATION);
    FhirView view = read(bundle.substring(0, bundle.length() - 40), Locale.ENGLISH, 1);
    assertThat(view.cards()).hasSize(1);
    assertThat(view.whole()).isFalse();
    assertThat(read(bundle, Locale.ENGLISH, 1).whole()).isTrue();
  }

  @Test
  void whatIsNoJsonHasNoCards() throws IOException {
    for (String text : List.of("", "[]", "hello", "{", "<xml/>", "[".repeat(500))) {
      assertThat(read(text, Locale.ENGLISH, 1).cards()).as(text).isEmpty();
    }
  }

  @Test
  void nestingWithoutEndIsRefused() throws IOException {
    String deep = "{\"resourceType\":\"Basic\",\"a\":" + "{\"a\":".repeat(2_000);
    assertThat(read(deep, Locale.ENGLISH, 1).whole()).isFalse();
  }

  @Test
  void anAttachmentIsNamedNotSpelledOut() throws IOException {
    Card card =
        cards(
                "{\"resourceType\":\"DiagnosticReport\",\"presentedForm\":[{\"contentType\":"
                    + "\"application/pdf\",\"data\":\"AAAAAAAA\"}]}")
            .get(0);
    assertThat(row(card, "Report as issued").values().get(0).text().text())
        .isEqualTo("application/pdf · 6 bytes");
  }

  @Test
  void elementsNobodyNamedAreShownInWords() throws IOException {
    Card card = cards("{\"resourceType\":\"Basic\",\"favouriteColour\":\"red\"}").get(0);
    assertThat(row(card, "Favourite colour").values().get(0).text().text()).isEqualTo("red");
  }

  private static String bundle(String... resources) {
    return IntStream.range(0, resources.length)
        .mapToObj(i -> "{\"fullUrl\":\"urn:x:" + i + "\",\"resource\":" + resources[i] + "}")
        .collect(Collectors.joining(",", "{\"resourceType\":\"Bundle\",\"entry\":[", "]}"));
  }

  private static List<Card> cards(String json) throws IOException {
    return read(json, Locale.ENGLISH, 1).cards();
  }

  private static FhirView read(String json, Locale locale, int part) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return FhirReader.read(new ByteArrayInputStream(bytes), locale, part);
  }

  private static Row row(Card card, String label) {
    return card.rows().stream()
        .filter(row -> row.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError(card.rows().toString()));
  }
}
