package org.medseal.connectors.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.crypto.pseudonym.PatientIdentifier;

class PatientIdentityTest {

  private final IdentifierAuthorities authorities = DeidFixture.authorities();

  @ParameterizedTest
  @ValueSource(strings = {"MB", "HC", "AN", "VN", "DL", "PPN"})
  void numbersThatAreSharedOrPassNeverStandForThePatient(String type) {
    PatientIdentity.Collector collector = collector();
    collector.hl7("77120", "ELSEWHERE", "", type);
    assertThat(collector.problem()).contains(QuarantineReason.NO_PATIENT_IDENTIFIER);
    collector.hl7("4711", "ELSEWHERE", "", "PI");
    assertThat(collector.identity(DeidFixture.keys(1)).identifiers())
        .extracting(PatientIdentifier::id)
        .containsExactly("4711");
  }

  /** HL7 table 0203: jurisdictional health number, registry numbers, a living subject's number. */
  @ParameterizedTest
  @ValueSource(strings = {"JHN", "SR", "LR", "RRI", "PE", "ANON"})
  void numbersOfRegistriesAndJurisdictionsStandForThePatientWhereNoBetterOneIs(String type) {
    PatientIdentity.Collector collector = collector();
    collector.hl7("77120", "ELSEWHERE", "", type);
    assertThat(collector.problem()).isEmpty();
    collector.hl7("4711", "ELSEWHERE", "", "PI");
    assertThat(collector.identity(DeidFixture.keys(1)).identifiers())
        .extracting(PatientIdentifier::id)
        .containsExactly("4711", "77120");
  }

  @Test
  void aMedicalRecordNumberGoesBeforeOtherUnlistedOnes() {
    PatientIdentity.Collector collector = collector();
    collector.hl7("1", "ELSEWHERE", "", "");
    collector.hl7("2", "ELSEWHERE", "", "PT");
    collector.hl7("3", "ELSEWHERE", "", "MR");
    assertThat(collector.identity(DeidFixture.keys(1)).identifiers())
        .extracting(PatientIdentifier::id)
        .containsExactly("3", "2", "1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000-12-3456",
        "666-12-3456",
        "999-12-3456",
        "123-00-4567",
        "123-45-0000",
        "111-11-1111",
        "078-05-1120",
        "987-65-4330",
        "12345678"
      })
  void aPlaceholderNumberGivesWayToTheNextIdentifier(String ssn) {
    PatientIdentity.Collector collector = collector();
    collector.hl7(ssn, "SSA", "", "SS");
    collector.hl7("48151623", "HOSP1", "", "MR");
    PatientIdentity identity = collector.identity(DeidFixture.keys(1));
    assertThat(identity.taggable()).isEmpty();
    assertThat(identity.identifiers())
        .extracting(PatientIdentifier::id)
        .containsExactly("48151623");
  }

  @Test
  void theRangeReservedForExamplesIsTaken() {
    PatientIdentity.Collector collector = collector();
    collector.hl7("987-65-4320", "SSA", "", "SS");
    assertThat(collector.identity(DeidFixture.keys(1)).taggable()).hasSize(1);
  }

  @Test
  void aNumberOfAnotherTypeUnderANationalAuthorityIsNotNational() {
    PatientIdentifier other =
        authorities.unlisted("2.16.840.1.113883.4.1", "PI", "123456789").orElseThrow();
    assertThat(authorities.national(other)).isFalse();
  }

  private PatientIdentity.Collector collector() {
    return new PatientIdentity.Collector(authorities, DeidFixture.LOCAL);
  }
}
