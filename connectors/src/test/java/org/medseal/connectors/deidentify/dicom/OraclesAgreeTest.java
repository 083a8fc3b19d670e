package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.FileDeidentification;
import org.medseal.connectors.deidentify.FileReport;
import org.medseal.connectors.dicom.CaseFiles;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;

/** What medseal deid writes for the case files, judged by pydicom, dciodvfy and gdcmanon. */
class OraclesAgreeTest {
  private static final int RELEASED = 22;

  @TempDir Path scratch;

  private Path released;

  @BeforeEach
  void deidentifyAll() throws IOException {
    released = scratch.resolve("released");
    FileReport report = run(released);
    assertThat(report.files()).hasSizeGreaterThan(50);
    assertThat(files(released)).hasSizeGreaterThanOrEqualTo(RELEASED);
  }

  private static FileReport run(Path out) {
    return new FileDeidentification(DicomDeidFixture.engine(), DicomDeidFixture.LOCAL)
        .run(CaseFiles.folder(), out);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void pydicomFindsNoIdentifierOfTheSource() throws IOException {
    Oracle.requirePydicom();
    String found = Oracle.python(scratch, "identity_left.py", CaseFiles.folder(), released);
    assertThat(found.strip()).matches("searched\t" + files(released).size() + "\t[1-9]\\d{2,}");
  }

  @Test
  void pydicomFindsWhatWasNotRemoved() throws IOException {
    Oracle.requirePydicom();
    Path same = Files.createDirectories(scratch.resolve("same"));
    Files.copy(
        CaseFiles.folder().resolve("presidio-midi/0_ORIGINAL_no_pixels.dcm"),
        Files.createDirectories(same.resolve("presidio-midi")).resolve("0_ORIGINAL_no_pixels.dcm"));
    assertThat(Oracle.python(scratch, "identity_left.py", CaseFiles.folder(), same))
        .contains("(0010,0010)", "(0010,0020)", "(0008,0080)", "(0008,0090)", "private", "UID");
  }

  /** Where private groups keep it from reading on, it is shown the input without them. */
  @Test
  void dciodvfyFindsNoMoreErrorsThanInTheInput() throws IOException {
    Oracle.require("dciodvfy", "dicom3tools");
    List<String> worse = new ArrayList<>();
    for (Path file : files(released)) {
      Path source = CaseFiles.folder().resolve(released.relativize(file));
      String before = Oracle.run(List.of("dciodvfy", source.toString()));
      if (before.contains("Tags out of order")) {
        before = Oracle.run(List.of("dciodvfy", withoutPrivateGroups(source).toString()));
      }
      String after = Oracle.run(List.of("dciodvfy", file.toString()));
      if (errors(after) > errors(before)) {
        worse.add(released.relativize(file) + "\n" + after);
      }
    }
    assertThat(worse).isEmpty();
  }

  private Path withoutPrivateGroups(Path source) throws IOException {
    DicomFile read = Part10.read(Files.readAllBytes(source));
    Dataset rest = new Dataset();
    read.dataset().elements().stream().filter(e -> !Tag.isPrivate(e.tag())).forEach(rest::put);
    return Files.write(scratch.resolve("rest.dcm"), Part10.write(read.syntax(), rest));
  }

  private static long errors(String verdict) {
    return verdict.lines().filter(line -> line.startsWith("Error")).count();
  }

  @Test
  void twoRunsUnderOneKeyAreEqualAndInstancesOfAStudyStayTogether() throws IOException {
    Path again = scratch.resolve("again");
    run(again);
    Map<String, String> mapped = new HashMap<>();
    for (Path file : files(released)) {
      Path relative = released.relativize(file);
      assertThat(Files.mismatch(file, again.resolve(relative)))
          .as(relative.toString())
          .isEqualTo(-1);
      DicomFile source = Part10.read(Files.readAllBytes(CaseFiles.folder().resolve(relative)));
      DicomFile ours = Part10.read(Files.readAllBytes(file));
      for (int tag : new int[] {Tag.STUDY_INSTANCE_UID, 0x0020000E, 0x00200052}) {
        Values.first(source.dataset(), tag, SpecificCharacterSet.DEFAULT)
            .ifPresent(
                uid -> {
                  String here = Values.firstAscii(ours.dataset(), tag).orElseThrow();
                  assertThat(mapped.merge(uid, here, (a, b) -> a)).isEqualTo(here);
                });
      }
    }
    assertThat(mapped.values()).doesNotHaveDuplicates().hasSizeGreaterThan(20);
  }

  @Test
  void everyDifferenceFromGdcmanonIsExplained() throws IOException {
    Oracle.requirePydicom();
    Oracle.require("gdcmanon", "libgdcm-tools");
    Oracle.require("openssl", "openssl");
    Path theirs = gdcmanon();
    Path table = scratch.resolve("beside_gdcmanon.tsv");
    try (InputStream in = OraclesAgreeTest.class.getResourceAsStream("beside_gdcmanon.tsv")) {
      Files.write(table, in.readAllBytes());
    }
    String differences =
        Oracle.python(scratch, "beside_gdcmanon.py", CaseFiles.folder(), released, theirs, table);
    assertThat(differences.lines().filter(line -> line.endsWith("\t"))).isEmpty();
    assertThat(differences).containsPattern("compared\t1\\d\t[1-9]\\d{3}\t");
  }

  /** It encrypts what it removes for somebody, whose certificate is made here and forgotten. */
  private Path gdcmanon() throws IOException {
    Path certificate = scratch.resolve("certificate.pem");
    Oracle.run(
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=oracle",
            "-keyout",
            scratch.resolve("key.pem").toString(),
            "-out",
            certificate.toString()));
    Path theirs = scratch.resolve("theirs");
    for (Path file : files(released)) {
      Path relative = released.relativize(file);
      Path out = theirs.resolve(relative);
      Files.createDirectories(out.getParent());
      Oracle.run(
          List.of(
              "gdcmanon",
              "-e",
              "-c",
              certificate.toString(),
              "-i",
              CaseFiles.folder().resolve(relative).toString(),
              "-o",
              out.toString()));
    }
    return theirs;
  }
}
