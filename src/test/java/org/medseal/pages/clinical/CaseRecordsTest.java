package org.medseal.pages.clinical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.pages.clinical.dicom.DicomFrame;
import org.medseal.pages.clinical.dicom.DicomImage;
import org.medseal.pages.clinical.dicom.DicomTable;
import org.medseal.pages.clinical.dicom.ImageFacts;
import org.medseal.pages.clinical.dicom.Obstacle;
import org.medseal.pages.clinical.fhir.FhirReader;
import org.medseal.pages.clinical.hl7.Hl7Tree;
import org.medseal.pages.clinical.hl7.Hl7TreeReader;

/** Real messages, resources and images can all be shown, or said to be none. */
class CaseRecordsTest {
  private static final Path CASES = Path.of("../shared/cases");

  @Test
  void everyMessageIsATreeOrNoMessage() throws IOException {
    int trees = 0;
    for (Path file : files("hl7v2", ".hl7")) {
      Optional<Hl7Tree> tree = new Hl7TreeReader(Locale.CHINESE).read(Files.readAllBytes(file));
      trees += tree.isPresent() ? 1 : 0;
      tree.ifPresent(each -> assertThat(each.segments()).as(file.toString()).isNotEmpty());
    }
    assertThat(trees).isGreaterThan(60);
  }

  @Test
  void everyResourceHasCards() throws IOException {
    for (Path file : files("fhir", ".json")) {
      var view =
          FhirReader.read(new ByteArrayInputStream(Files.readAllBytes(file)), Locale.ENGLISH, 1);
      if (view.whole()) {
        assertThat(view.cards()).as(file.toString()).isNotNull();
      }
    }
    assertThat(files("fhir", ".json")).hasSizeGreaterThan(100);
  }

  @Test
  void everyImageHasAHeaderAndAPictureOrAReason() throws IOException {
    int pictures = 0;
    for (Path file : files("dicom", ".dcm")) {
      try (var in = Files.newInputStream(file)) {
        Optional<DicomHead> head = DicomImage.head(in);
        if (head.isPresent()) {
          try (DicomHead open = head.get()) {
            assertThat(DicomTable.of(open).rows()).as(file.toString()).isNotEmpty();
            ImageFacts facts = ImageFacts.of(open);
            Obstacle obstacle = DicomFrame.draw(open, new DicomFrame.Wish(1, 1)).obstacle();
            pictures += obstacle == Obstacle.NONE ? 1 : 0;
            assertThat(obstacle == facts.obstacle() || obstacle == Obstacle.CUT)
                .as(file.toString())
                .isTrue();
          }
        }
      }
    }
    assertThat(pictures).isGreaterThan(8);
  }

  private static List<Path> files(String kind, String end) {
    assumeTrue(Files.isDirectory(CASES), "no ../shared/cases beside the project");
    try (Stream<Path> files = Files.walk(CASES.resolve(kind))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
