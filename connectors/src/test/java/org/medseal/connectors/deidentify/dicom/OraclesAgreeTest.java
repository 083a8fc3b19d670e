package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
import org.medseal.connectors.dicom.Programs;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;

/** What medseal deid writes for the case files, judged by pydicom, dciodvfy and gdcmanon. */
class OraclesAgreeTest {
  private static final int RELEASED = 22;
  private static final Path PAGE = Path.of("docs/dicom-deidentification.md");

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
  void pydicomFindsNoIdentifierOfTheSource() throws Exception {
    String found = Oracle.python(scratch, "identity_left.py", CaseFiles.folder(), released);
    assertThat(found.strip()).matches("searched\t" + files(released).size() + "\t[1-9]\\d{2,}");
    String[] figures = found.strip().split("\t", -1);
    requireOnPage(
        "in %s released case files none of the sources' %s names"
            .formatted(figures[1], figures[2]));
  }

  /** The page's figures are those of this run. */
  private static void requireOnPage(String text) throws IOException {
    assertThat(Files.readString(PAGE).contains(text)).as("%s says: %s", PAGE, text).isTrue();
  }

  @Test
  void pydicomFindsWhatWasNotRemoved() throws Exception {
    Path same = Files.createDirectories(scratch.resolve("same"));
    Files.copy(
        CaseFiles.folder().resolve("presidio-midi/0_ORIGINAL_no_pixels.dcm"),
        Files.createDirectories(same.resolve("presidio-midi")).resolve("0_ORIGINAL_no_pixels.dcm"));
    assertThat(Oracle.python(scratch, "identity_left.py", CaseFiles.folder(), same))
        .contains("(0010,0010)", "(0010,0020)", "(0008,0080)", "(0008,0090)", "private", "UID");
  }

  /** Where private groups keep it from reading on, it is shown the input without them. */
  @Test
  void dciodvfyFindsNoMoreErrorsThanInTheInput() throws Exception {
    Path dciodvfy = Programs.require("dciodvfy", "dicom3tools");
    List<String> worse = new ArrayList<>();
    for (Path file : files(released)) {
      Path source = CaseFiles.folder().resolve(released.relativize(file));
      String before = Programs.run(dciodvfy, source.toString()).output();
      if (before.contains("Tags out of order")) {
        before = Programs.run(dciodvfy, withoutPrivateGroups(source).toString()).output();
      }
      String after = Programs.run(dciodvfy, file.toString()).output();
      if (errors(after) > errors(before)) {
        worse.add(released.relativize(file) + "\n" + after);
      }
    }
    assertThat(worse).isEmpty();
  }

  private Path withoutPrivateGroups(Path source) throws IOException {
    DicomFile read = Part10.read(source);
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
    Set<String> shared = new HashSet<>();
    for (Path file : files(released)) {
      Path relative = released.relativize(file);
      assertThat(Files.mismatch(file, again.resolve(relative)))
          .as(relative.toString())
          .isEqualTo(-1);
      DicomFile source = Part10.read(CaseFiles.folder().resolve(relative));
      DicomFile ours = Part10.read(file);
      for (int tag : new int[] {Tag.STUDY_INSTANCE_UID, 0x0020000E, 0x00200052}) {
        Values.first(source.dataset(), tag, SpecificCharacterSet.DEFAULT)
            .ifPresent(
                uid -> {
                  String here = Values.firstAscii(ours.dataset(), tag).orElseThrow();
                  Optional.ofNullable(mapped.put(uid, here))
                      .ifPresent(
                          elsewhere -> {
                            assertThat(here).isEqualTo(elsewhere);
                            shared.add(uid);
                          });
                });
      }
    }
    assertThat(mapped.values()).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    assertThat(shared).as("UIDs of several files").isNotEmpty();
  }

  @Test
  void everyDifferenceFromGdcmanonIsExplainedAndOnThePage() throws Exception {
    Path theirs = gdcmanon();
    Path table = Oracle.resource(scratch, "beside_gdcmanon.tsv");
    String differences =
        Oracle.python(scratch, "beside_gdcmanon.py", CaseFiles.folder(), released, theirs, table);
    assertThat(differences.lines().filter(line -> line.endsWith("\t"))).isEmpty();
    assertThat(differences).containsPattern("compared\t1\\d\t[1-9]\\d{3}\t");
    String[] total = differences.strip().lines().reduce((a, b) -> b).orElseThrow().split("\t", -1);
    int refused = files(released).size() - Integer.parseInt(total[1]);
    requireOnPage(
        "%s differences in %s files (it refuses %d)".formatted(total[3], total[1], refused));
    requireOnPage(String.join("\n", byReason(differences)));
  }

  /** Rows of the page: who keeps it alone, why, and in how many places, most first. */
  private static List<String> byReason(String differences) {
    Map<String, Integer> places = new TreeMap<>();
    for (String line : differences.lines().toList()) {
      String[] cells = line.split("\t", -1);
      if (cells.length == 5) {
        places.merge(
            "| %s | %s |".formatted(cells[0], cells[4]), Integer.parseInt(cells[3]), Integer::sum);
      }
    }
    return places.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(row -> row.getKey() + " " + row.getValue() + " |")
        .toList();
  }

  /** It encrypts what it removes for somebody, whose certificate is made here and forgotten. */
  private Path gdcmanon() throws IOException, InterruptedException {
    Path gdcmanon = Programs.require("gdcmanon", "libgdcm-tools");
    Path openssl = Programs.require("openssl", "openssl");
    Path certificate = scratch.resolve("certificate.pem");
    String key = scratch.resolve("key.pem").toString();
    List<String> make =
        List.of("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=o");
    List<String> command = new ArrayList<>(make);
    command.addAll(List.of("-keyout", key, "-out", certificate.toString()));
    Programs.run(openssl, command.toArray(String[]::new));
    Path theirs = scratch.resolve("theirs");
    for (Path file : files(released)) {
      Path relative = released.relativize(file);
      Path out = theirs.resolve(relative);
      Files.createDirectories(out.getParent());
      String source = CaseFiles.folder().resolve(relative).toString();
      Programs.run(
          gdcmanon, "-e", "-c", certificate.toString(), "-i", source, "-o", out.toString());
    }
    return theirs;
  }
}
