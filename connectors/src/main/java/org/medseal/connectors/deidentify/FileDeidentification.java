package org.medseal.connectors.deidentify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.fhir.FhirFileForm;

/**
 * De-identifies files for {@code medseal deid}. What is released keeps its relative path; a Bundle
 * of several patients gives further files beside the first, numbered from 2. What is quarantined or
 * no record is reported and writes nothing.
 */
public final class FileDeidentification {

  private final Deidentifier deidentifier;
  private final FeedPolicy policy;
  private final boolean explaining;

  public FileDeidentification(Deidentifier deidentifier, FeedPolicy policy) {
    this(deidentifier, policy, false);
  }

  private FileDeidentification(Deidentifier deidentifier, FeedPolicy policy, boolean explaining) {
    this.deidentifier = deidentifier;
    this.policy = policy;
    this.explaining = explaining;
  }

  /** The same, whose report also says of every message which rule took what. */
  public FileDeidentification explaining() {
    return new FileDeidentification(deidentifier, policy, true);
  }

  /**
   * {@code in} is a file or a folder, {@code out} a folder that is made if need be. Throws
   * UncheckedIOException when a file can neither be read nor written.
   */
  public FileReport run(Path in, Path out) {
    List<FileReport.FileEntry> entries = new ArrayList<>();
    try {
      Path root = Files.isDirectory(in) ? in : in.toAbsolutePath().getParent();
      Files.createDirectories(out);
      for (Path file : files(in)) {
        String relative =
            root.relativize(Files.isDirectory(in) ? file : file.toAbsolutePath()).toString();
        entries.add(one(file, relative, out));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FileReport(entries);
  }

  private static List<Path> files(Path in) throws IOException {
    try (Stream<Path> all = Files.walk(in, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private FileReport.FileEntry one(Path file, String relative, Path out) throws IOException {
    List<FileReport.MessageEntry> messages = new ArrayList<>();
    List<DeidentifiedRecord> records = new ArrayList<>();
    for (Content message : messages(file, relative)) {
      Explanation explanation = explaining ? Explanation.wanted() : Explanation.none();
      Outcome outcome = deidentifier.deidentify(message, policy, explanation);
      messages.add(FileReport.MessageEntry.of(outcome, explanation));
      if (outcome instanceof Outcome.Released released) {
        records.addAll(released.records());
      }
    }
    return new FileReport.FileEntry(relative, messages, write(out, relative, records));
  }

  private List<Content> messages(Path file, String relative) throws IOException {
    return deidentifier.streams()
        ? List.of(Content.of(file))
        : MessageFile.split(relative, Files.readAllBytes(file)).stream().map(Content::of).toList();
  }

  private static List<String> write(Path out, String relative, List<DeidentifiedRecord> records)
      throws IOException {
    List<String> outputs = new ArrayList<>();
    if (records.isEmpty()) {
      return outputs;
    }
    boolean lines = records.get(0).format() == Format.FHIR && relative.endsWith(".ndjson");
    if (records.get(0).format() == Format.HL7V2 || lines) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (DeidentifiedRecord record : records) {
        all.writeBytes(record.content());
        if (lines) {
          all.write('\n');
        }
      }
      write(out, relative, all.toByteArray());
      outputs.add(relative);
      return outputs;
    }
    for (int i = 0; i < records.size(); i++) {
      String name = i == 0 ? relative : numbered(relative, i + 1);
      if (records.get(i).format() == Format.DICOM) {
        copy(out.resolve(name), records.get(i).document());
      } else {
        write(out, name, FhirFileForm.of(records.get(i), relative));
      }
      outputs.add(name);
    }
    return outputs;
  }

  private static void write(Path out, String relative, byte[] content) throws IOException {
    Path target = out.resolve(relative);
    Files.createDirectories(target.toAbsolutePath().getParent());
    Files.write(target, content);
  }

  /** Under another name first: the file may be the one its pixels are read from. */
  private static void copy(Path target, Content document) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path made = Files.createTempFile(folder, ".deid-", "");
    try (InputStream in = document.open()) {
      Files.copy(in, made, StandardCopyOption.REPLACE_EXISTING);
      Files.move(made, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private static String numbered(String relative, int number) {
    int dot = relative.lastIndexOf('.');
    boolean named = dot > relative.lastIndexOf('/') + 1;
    return named
        ? relative.substring(0, dot) + "-" + number + relative.substring(dot)
        : relative + "-" + number;
  }
}
