package org.medseal.bench.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.medseal.bench.deid.PlantedMessages;
import org.medseal.connectors.deidentify.MessageFile;

/**
 * Messages to mutate: those of the samples and, where they lie beside the project, the case files;
 * and as many generated ones.
 */
final class Seeds {
  private static final Path SAMPLES = Path.of("samples");
  private static final Path CASES = Path.of("../shared/cases");

  /** Larger ones make a run slow and find nothing else. */
  private static final int LONGEST = 48 << 10;

  private static final int LONGEST_ON_A_LINE = 3 << 10;
  private static final int GENERATED = 40;
  private static final int IN_A_BATCH = 3;

  private Seeds() {}

  static List<byte[]> hl7() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (byte[] file : files("hl7", "hl7v2", "hl7")) {
      all.addAll(MessageFile.split("file.hl7", file));
    }
    all.addAll(generated(PlantedMessages::hl7));
    return all;
  }

  /** The same without long ones: what reads a line looks at the first segment only. */
  static List<byte[]> shortHl7() throws IOException {
    return hl7().stream().filter(message -> message.length <= LONGEST_ON_A_LINE).toList();
  }

  static List<byte[]> hl7Files() throws IOException {
    List<byte[]> all = new ArrayList<>(files("hl7", "hl7v2", "hl7"));
    List<byte[]> messages = generated(PlantedMessages::hl7);
    for (int i = 0; i + IN_A_BATCH <= messages.size(); i += IN_A_BATCH) {
      all.add(batch(messages.subList(i, i + IN_A_BATCH)));
    }
    return all;
  }

  private static byte[] batch(List<byte[]> messages) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(ascii("FHS|^~\\&|A\rBHS|^~\\&|A\r"));
    messages.forEach(file::writeBytes);
    file.writeBytes(ascii("\rBTS|" + messages.size() + "\rFTS|1\r"));
    return file.toByteArray();
  }

  static List<byte[]> json() throws IOException {
    List<byte[]> all = new ArrayList<>(files("fhir", "fhir", "json"));
    all.addAll(generated(PlantedMessages::fhir));
    return all;
  }

  static List<byte[]> xml() throws IOException {
    List<byte[]> all = new ArrayList<>(files("fhir", "fhir", "xml"));
    all.add(
        ascii(
            "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"1\"/><identifier><value value=\"7\"/>"
                + "</identifier><birthDate value=\"1970-01-01\"/></Patient>"));
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static List<byte[]> generated(LongFunction<byte[]> generator) {
    return LongStream.range(0, GENERATED).mapToObj(generator).toList();
  }

  private static List<byte[]> files(String sampleFolder, String caseFolder, String ending)
      throws IOException {
    List<byte[]> all = new ArrayList<>(read(SAMPLES.resolve(sampleFolder), ending));
    if (Files.isDirectory(CASES)) {
      all.addAll(read(CASES.resolve(caseFolder), ending));
    }
    return all;
  }

  private static List<byte[]> read(Path folder, String ending) throws IOException {
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith("." + ending)).sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        if (content.length <= LONGEST) {
          all.add(content);
        }
      }
    }
    return all;
  }
}
