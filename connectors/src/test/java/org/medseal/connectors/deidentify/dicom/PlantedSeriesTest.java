package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.FileDeidentification;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;

/** Planted identifiers in a series of images, looked for by pydicom. */
class PlantedSeriesTest {
  private static final int OTHER_KEYS = 40;

  @TempDir Path scratch;

  private Path sources;

  @BeforeEach
  void plant() throws IOException {
    sources = PlantedSeries.write(scratch.resolve("sources"));
  }

  private Path released(String name, DicomDeidentifier engine) {
    Path out = scratch.resolve(name);
    new FileDeidentification(engine, DicomDeidFixture.LOCAL).run(sources, out);
    return out;
  }

  private List<String> judged(Path folder) throws IOException, InterruptedException {
    Path words = scratch.resolve("words");
    Files.writeString(words, String.join("\n", PlantedSeries.WORDS));
    return Oracle.python(scratch, "planted_left.py", folder, words).lines().toList();
  }

  @Test
  void pydicomFindsEveryPlantedWordInEverySource() throws Exception {
    List<String> found = judged(sources);
    for (int file = 0; file < PlantedSeries.INSTANCES; file++) {
      for (int word = 0; word < PlantedSeries.WORDS.size(); word++) {
        String place = "^" + file + "\\.dcm\t\\(.*\t" + word + "$";
        assertThat(found).as("word %d of file %d", word, file).anyMatch(l -> l.matches(place));
      }
    }
  }

  @Test
  void pydicomFindsNoPlantedWordInAReleasedSeriesAndItIsStillOneSeries() throws Exception {
    int instances = PlantedSeries.INSTANCES;
    assertThat(judged(released("once", DicomDeidFixture.engine())))
        .containsExactly("series\t1\t1\t1\t%1$d\t%1$d\t%1$d".formatted(instances));
  }

  @Test
  void anotherRunMakesTheSameFilesAndAnotherKeyMakesOthers() throws IOException {
    Path once = released("once", DicomDeidFixture.engine());
    Path again = released("again", DicomDeidFixture.engine());
    Path elsewhere =
        released(
            "elsewhere",
            DicomDeidentifier.load(
                DicomDeidFixture.RULES,
                DicomDeidFixture.AUTHORITIES,
                DicomDeidFixture.keys(OTHER_KEYS)));
    for (int number = 0; number < PlantedSeries.INSTANCES; number++) {
      String name = number + ".dcm";
      assertThat(Files.mismatch(once.resolve(name), again.resolve(name))).isEqualTo(-1);
    }
    assertThat(instances(once)).doesNotContainAnyElementsOf(instances(elsewhere));
  }

  private static List<String> instances(Path folder) {
    return IntStream.range(0, PlantedSeries.INSTANCES)
        .mapToObj(number -> instance(folder.resolve(number + ".dcm")))
        .toList();
  }

  private static String instance(Path file) {
    return Values.firstAscii(Part10.read(file).dataset(), Tag.SOP_INSTANCE_UID).orElseThrow();
  }
}
