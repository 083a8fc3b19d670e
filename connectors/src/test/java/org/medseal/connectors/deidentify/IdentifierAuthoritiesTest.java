package org.medseal.connectors.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.rules.DeidConfigException;
import org.medseal.crypto.pseudonym.PatientIdentifier;

class IdentifierAuthoritiesTest {

  private static final String SSN = "2.16.840.1.113883.4.1";

  @TempDir Path folder;

  private final IdentifierAuthorities shipped = DeidFixture.authorities();

  @Test
  void oneNumberIsTheSameHoweverItIsSpelled() {
    PatientIdentifier expected = new PatientIdentifier(SSN, "SS", "123456789");
    assertThat(shipped.identifier(SSN, "SS", "123-45-6789")).contains(expected);
    assertThat(shipped.identifier("urn:oid:" + SSN, "", " 123 45 6789 ")).contains(expected);
    assertThat(shipped.identifier("http://hl7.org/fhir/sid/us-ssn", "", "１２３456789"))
        .contains(expected);
    assertThat(shipped.identifier("usssa", "ss", "123456789")).contains(expected);
  }

  @Test
  void everyFormatFindsItsSpelling() {
    assertThat(shipped.hl7("SSA", "", "SS")).isPresent();
    assertThat(shipped.hl7("", SSN, "SS")).isPresent();
    assertThat(shipped.hl7("whatever", SSN, "")).isPresent();
    assertThat(shipped.fhirSystem("urn:oid:" + SSN)).isPresent();
    assertThat(shipped.dicomIssuer("HOSP2").map(Authority::id))
        .contains("urn:medseal:demo:hospital-2");
    assertThat(shipped.dicomIssuer("x", SSN)).isPresent();
  }

  @Test
  void anotherKindOfNumberOfTheSameAuthorityIsNotThePatientsNumber() {
    assertThat(shipped.hl7("HOSP1", "", "MR")).isPresent();
    assertThat(shipped.hl7("HOSP1", "", "VN")).isEmpty();
  }

  @Test
  void nationalAndLocalAreToldApart() {
    assertThat(shipped.national(shipped.identifier(SSN, "", "123456789").orElseThrow())).isTrue();
    assertThat(shipped.national(shipped.identifier("HOSP1", "MR", "1").orElseThrow())).isFalse();
    assertThat(shipped.ordered().get(0).id()).isEqualTo("2.16.156.10011.1.3");
  }

  @Test
  void leadingZerosAndCheckDigitsAreAsConfigured() throws IOException {
    IdentifierAuthorities own =
        load(
            "authorities:",
            "  - {authority: a, national: false, types: [MR], canonical: {leadingZeros: strip}}",
            "  - {authority: b, national: true, types: [NI], canonical: {check: gb11643}}");
    assertThat(own.identifier("a", "MR", "000")).isEmpty();
    assertThat(own.identifier("a", "MR", "7777")).isEmpty();
    assertThat(own.identifier("a", "MR", "00071").orElseThrow().id()).isEqualTo("71");
    // The example of GB 11643-1999 and one with a wrong check digit.
    assertThat(own.identifier("b", "NI", "11010519491231002x").orElseThrow().id())
        .isEqualTo("11010519491231002X");
    assertThat(own.identifier("b", "NI", "110105194912310021")).isEmpty();
  }

  @Test
  void mistakesNameFileLineAndKey() {
    assertThatExceptionOfType(DeidConfigException.class)
        .isThrownBy(() -> load("authorities:", "  - {authority: a, national: maybe, types: [MR]}"))
        .withMessageContaining("identifiers.yaml:2: national");
    assertThatExceptionOfType(DeidConfigException.class)
        .isThrownBy(
            () ->
                load(
                    "authorities:",
                    "  - {authority: a, national: true, types: [MR], hl7: [X]}",
                    "  - {authority: b, national: true, types: [MR], hl7: [x]}"))
        .withMessageContaining("identifiers.yaml:3: hl7");
    assertThatExceptionOfType(DeidConfigException.class)
        .isThrownBy(() -> load("authorities:", "  - {authority: a, national: true, typo: 1}"))
        .withMessageContaining("typo");
  }

  private IdentifierAuthorities load(String... lines) throws IOException {
    Path file = folder.resolve("identifiers.yaml");
    Files.writeString(file, String.join("\n", lines));
    return IdentifierAuthorities.load(file);
  }
}
