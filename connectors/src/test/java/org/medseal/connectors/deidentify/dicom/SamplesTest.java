package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.SampleFiles;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Values;

class SamplesTest {
  private static final Path FOLDER = Path.of("samples", "dicom");

  @Test
  void shippedSamplesAreWhatTheirGeneratorWrites() throws IOException {
    for (var file : SampleFiles.all().entrySet()) {
      assertThat(Files.readAllBytes(FOLDER.resolve(file.getKey())))
          .as(file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ct-head.dcm, 2.16.840.1.113883.4.1, 987654320, CT HEAD WITHOUT CONTRAST",
    "mr-knee-zh.dcm, 2.16.156.10011.1.3, 990101198802293034, 膝关节 平扫"
  })
  void aSampleIsReleasedUnderItsNationalIdentifier(
      String name, String authority, String id, String description) throws IOException {
    DeidentifiedRecord record = released(name);
    assertThat(record.identifiers()).hasSize(2);
    assertThat(record.identifiers().get(0).authority()).isEqualTo(authority);
    assertThat(record.identifiers().get(0).id()).isEqualTo(id);
    assertThat(record.taggable()).containsExactly(record.patient());
    Dataset released = Part10.read(record.content()).dataset();
    SpecificCharacterSet characters =
        SpecificCharacterSet.in(released, SpecificCharacterSet.DEFAULT).orElseThrow();
    assertThat(Values.first(released, 0x00081030, characters)).contains(description);
  }

  @Test
  void noIdentityOfTheSamplesIsFoundInWhatIsReleased() throws IOException {
    List<String> identities = Files.readAllLines(Path.of("samples", "identities.txt"));
    assertThat(identities).hasSizeGreaterThan(10);
    for (String name : SampleFiles.all().keySet()) {
      byte[] content = released(name).content();
      for (Charset charset :
          List.of(
              StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
        String text = new String(content, charset);
        assertThat(identities)
            .filteredOn(identity -> !identity.isBlank())
            .as(name)
            .noneMatch(text::contains);
      }
    }
  }

  private static DeidentifiedRecord released(String name) throws IOException {
    return DicomDeidFixture.released(
        DicomDeidFixture.engine()
            .deidentify(Files.readAllBytes(FOLDER.resolve(name)), DicomDeidFixture.STRICT));
  }
}
