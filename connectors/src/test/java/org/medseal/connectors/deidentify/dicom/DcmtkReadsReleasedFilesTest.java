package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.dicom.CaseFiles;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Programs;
import org.medseal.connectors.dicom.TransferSyntax;

/** DCMTK's dcmdump as a second opinion on what is written. */
class DcmtkReadsReleasedFilesTest {
  /** DCMTK says so of any undefined length, which is an odd number. */
  private static final String UNDEFINED_LENGTH =
      "W: DcmItem: Length of element (7fe0,0010) is not a multiple of 2 (VR=OW)";

  @TempDir Path folder;

  private static Path dcmdump;

  @BeforeAll
  static void dcmdumpIsInstalled() {
    dcmdump = Programs.require("dcmdump", "dcmtk");
  }

  @Test
  void smallFilesOfEverySyntaxParse() throws IOException, InterruptedException {
    for (TransferSyntax syntax :
        new TransferSyntax[] {
          TransferSyntax.EXPLICIT_LITTLE, TransferSyntax.EXPLICIT_BIG, TransferSyntax.DEFLATED
        }) {
      byte[] file = Part10.write(syntax, DicomDeidFixture.ct());
      String dump = dump(file);
      assertThat(dump).contains("Quuxley^Zenobia").contains("(7fe0,0010)");
    }
  }

  @Test
  void everyReleasedCaseFileParses() throws IOException, InterruptedException {
    DicomDeidentifier engine = DicomDeidFixture.engine();
    int parsed = 0;
    for (Path path : CaseFiles.all()) {
      Outcome outcome = engine.deidentify(Files.readAllBytes(path), DicomDeidFixture.LOCAL);
      if (outcome instanceof Outcome.Released released) {
        String dump = dump(released.records().get(0).content());
        assertThat(dump).as(path.toString()).contains("PatientIdentityRemoved").contains("[YES]");
        parsed++;
      }
    }
    assertThat(parsed).isGreaterThanOrEqualTo(20);
  }

  /** Fails on anything DCMTK warns of. */
  private String dump(byte[] file) throws IOException, InterruptedException {
    Path written = Files.write(folder.resolve("released.dcm"), file);
    Programs.Ended ended = Programs.run(dcmdump, "+E", written.toString());
    String output = ended.output();
    assertThat(ended.code()).as(output).isZero();
    assertThat(output.replace(UNDEFINED_LENGTH, "")).doesNotContain("W: ").doesNotContain("E: ");
    return output;
  }
}
