package org.medseal.bench.cases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One file of the collection and the way it is sent.
 *
 * @param name below the collection's folder
 */
record CaseFile(String name, Path path, Way way) {

  /** How a sender of such a file would send it. */
  enum Way {
    /** A message in a frame. */
    MLLP,
    /** A recorded stream of frames, sent one by one. */
    MLLP_STREAM,
    /** POST to the service's base. */
    FHIR_PUSH,
    HL7_FOLDER,
    FHIR_FOLDER
  }

  private static final byte START = 0x0B;
  private static final byte END = 0x1C;

  /** All files below {@code hl7v2} and {@code fhir}; licences and manifests are no cases. */
  static List<CaseFile> below(Path folder) throws IOException {
    List<CaseFile> files = new ArrayList<>();
    for (String kind : List.of("hl7v2", "fhir")) {
      try (Stream<Path> all = Files.walk(folder.resolve(kind))) {
        for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
          Optional<Way> way = way(file);
          String name = folder.relativize(file).toString();
          way.ifPresent(w -> files.add(new CaseFile(name, file, w)));
        }
      }
    }
    return files;
  }

  private static Optional<Way> way(Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "hl7" -> Optional.of(hl7(Files.readAllBytes(file)));
      case "json", "xml" -> Optional.of(Way.FHIR_PUSH);
      case "ndjson" -> Optional.of(Way.FHIR_FOLDER);
      default -> Optional.empty();
    };
  }

  private static Way hl7(byte[] content) {
    if (content.length > 0 && content[0] == START) {
      return Way.MLLP_STREAM;
    }
    String text = new String(content, StandardCharsets.ISO_8859_1);
    boolean batch = text.lines().anyMatch(l -> l.startsWith("FHS") || l.startsWith("BHS"));
    long messages = text.lines().filter(l -> l.startsWith("MSH")).count();
    return batch || messages > 1 ? Way.HL7_FOLDER : Way.MLLP;
  }

  byte[] content() throws IOException {
    return Files.readAllBytes(path);
  }

  /** The messages of a stream, or the one of a file. */
  List<byte[]> frames() throws IOException {
    byte[] content = content();
    if (way != Way.MLLP_STREAM) {
      return List.of(content);
    }
    List<byte[]> frames = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == START) {
        from = i + 1;
      } else if (content[i] == END) {
        frames.add(Arrays.copyOfRange(content, from, i));
      }
    }
    return frames;
  }
}
