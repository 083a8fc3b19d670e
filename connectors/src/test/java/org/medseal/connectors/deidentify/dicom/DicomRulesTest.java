package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medseal.connectors.deidentify.rules.DeidConfigException;
import org.medseal.connectors.deidentify.rules.Method;
import org.medseal.connectors.dicom.DataDictionary;
import org.medseal.connectors.dicom.TagMask;
import org.medseal.connectors.dicom.Vr;

class DicomRulesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'- {path: PatientsName, method: drop}', PatientsName, is no known path",
    "'- {path: \"(0010,0011)\", method: drop}', '(0010,0011)', is no known path",
    "'- {path: \"VR:XX\", method: drop}', VR:XX, is no known path",
    "'- {path: PatientName, method: hide}', hide, is no known method",
    "'- {path: StudyDescription, method: allowVocabulary}', StudyDescription, vocabulary",
    "'- {path: StudyID, method: drop, otherwise: dummy}', StudyID, otherwise"
  })
  void aMistakeInARuleNamesFileLineAndKey(String rule, String key, String problem)
      throws IOException {
    String shipped = Files.readString(DicomDeidFixture.RULES);
    Path file = Files.writeString(folder.resolve("dicom.yaml"), shipped + "  " + rule + "\n");
    int line = shipped.split("\n", -1).length;
    assertThatThrownBy(() -> DicomRules.load(file))
        .isInstanceOf(DeidConfigException.class)
        .hasMessageContaining(file + ":" + line)
        .hasMessageContaining(key)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({"retainInstitutionIdentity", "retainUids", "retainSafePrivate"})
  void optionsThatWouldSayWhichHospitalAreRefused(String option) throws IOException {
    String shipped = Files.readString(DicomDeidFixture.RULES);
    Path file =
        Files.writeString(
            folder.resolve("dicom.yaml"),
            shipped.replace("    - cleanGraphics\n", "    - " + option + "\n"));
    assertThatThrownBy(() -> DicomRules.load(file))
        .isInstanceOf(DeidConfigException.class)
        .hasMessageContaining(option);
  }

  @ParameterizedTest
  @CsvSource({
    "(0010;0010), PN, EMPTY",
    "(0010;0030), DA, EMPTY",
    "(0008;0080), LO, DUMMY",
    "(0008;0050), SH, EMPTY",
    "(0010;1040), LO, DROP",
    "(0010;0040), CS, KEEP",
    "(0008;0020), DA, SHIFT_DATE",
    "(0020;000D), UI, MAP_UID",
    "(0008;1140), SQ, KEEP",
    "(0040;A730), SQ, KEEP",
    "(0088;0200), SQ, DROP",
    "(0008;0201), SH, DROP",
    "(6002;3000), OW, DROP",
    "(0029;1010), OB, DROP",
    "(0018;0050), DS, KEEP",
    "(3004;0006), LO, DUMMY",
    "(2050;0020), CS, KEEP",
    "(2010;0010), ST, DROP",
    "(0008;0070), LO, KEEP"
  })
  void theShippedRulesDecide(String tag, Vr vr, Method method) throws IOException {
    int value = TagMask.parse(tag.replace(';', ',')).value();
    assertThat(DicomRules.load(DicomDeidFixture.RULES).decide(value, vr).method())
        .isEqualTo(method);
  }

  @Test
  void privateAndUnknownAttributesAreDroppedBeforeAnyRuleIsAsked() {
    DicomRules rules = DicomRules.load(DicomDeidFixture.RULES);
    assertThat(rules.decide(0x00291002, Vr.SQ).name()).isEqualTo("private drop");
    assertThat(rules.decide(0x00080FF0, Vr.US).name()).isEqualTo("unknown drop");
  }

  @Test
  void everyAttributeOfTheProfileHasADecisionOfItsOwn() throws IOException {
    DicomRules rules = DicomRules.load(DicomDeidFixture.RULES);
    Path table =
        Path.of(
            "connectors/src/main/resources/org/medseal/connectors/dicom/"
                + "confidentiality-profile.tsv");
    int rows = 0;
    for (String line : Files.readAllLines(table)) {
      String tag = line.split("\t", -1)[0];
      if (tag.matches("\\([0-9A-F]{4},[0-9A-F]{4}\\)")) {
        int value = TagMask.parse(tag).value();
        String printed =
            DataDictionary.standard().find(value).map(DataDictionary.Attribute::vr).orElse("UN");
        Vr vr = Vr.valueOf(printed.substring(0, 2));
        assertThat(rules.decide(value, vr).name()).as(tag).doesNotStartWith("VR:");
        rows++;
      }
    }
    assertThat(rows).isEqualTo(617);
  }
}
