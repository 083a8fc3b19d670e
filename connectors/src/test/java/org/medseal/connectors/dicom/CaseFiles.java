package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The real files beside the project. They are not part of it, so tests on them may be skipped. */
public final class CaseFiles {
  private static final Path FOLDER = Path.of("../shared/cases/dicom");

  private CaseFiles() {}

  public static Path folder() {
    Assumptions.assumeTrue(
        Files.isDirectory(FOLDER), "no case files at ../shared/cases/dicom beside the project");
    return FOLDER;
  }

  public static List<Path> all() {
    try (Stream<Path> files = Files.walk(folder())) {
      return files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
