package org.medseal.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** What the demo writes to demo.json, replaced atomically as steps complete. */
public final class DemoReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final FileAttribute<?> FOR_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** One hospital's process and addresses. */
  public record Hospital(
      String name,
      long pid,
      String home,
      int mllp,
      int dicom,
      String fhir,
      String admin,
      int peer,
      List<DemoUser> users) {}

  /** Someone who may sign in. */
  public record DemoUser(String login, List<String> roles, String password) {}

  /** A committed sample. */
  public record DemoTransaction(
      String hospital, String format, String source, String txId, long height) {}

  /** One thing the demo did. */
  public record Step(String name, boolean ok, long ms, String detail) {}

  private record Content(
      boolean ok,
      String ca,
      List<Hospital> hospitals,
      List<DemoTransaction> transactions,
      List<Step> steps) {}

  private final Path file;
  private final String ca;
  private final List<Hospital> hospitals = new ArrayList<>();
  private final List<DemoTransaction> transactions = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  public DemoReport(Path file, Path ca) {
    this.file = file;
    this.ca = ca.toAbsolutePath().toString();
  }

  public synchronized void hospitals(List<Hospital> now) {
    hospitals.clear();
    hospitals.addAll(now);
    write(false);
  }

  public synchronized void transaction(DemoTransaction transaction) {
    transactions.add(transaction);
  }

  public synchronized void step(Step step) {
    steps.add(step);
    write(false);
  }

  /** Every step has held. */
  public synchronized void complete() {
    write(steps.stream().allMatch(Step::ok));
  }

  public synchronized List<DemoTransaction> transactions() {
    return List.copyOf(transactions);
  }

  private void write(boolean ok) {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(temporary);
      Files.createFile(temporary, FOR_OWNER); // it holds passwords
      JSON.writeValue(temporary.toFile(), new Content(ok, ca, hospitals, transactions, steps));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DemoFailure("cannot write " + file + ": " + e, e);
    }
  }
}
