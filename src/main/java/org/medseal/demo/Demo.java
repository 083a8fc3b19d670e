package org.medseal.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.medseal.app.Installation;
import org.medseal.client.ClientException;

/**
 * The whole story on one machine: found, start, send, commit, ask, approve, open, trace, and look
 * for leaks.
 */
public final class Demo {
  private static final String REPORT = "demo.json";
  private static final String MARKER = ".medseal-demo";

  private final DemoOptions options;
  private final PrintStream out;

  public Demo(DemoOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Exit code: 0 once every step has held, 1 at the first that has not. */
  public int run() {
    prepareFolder();
    DemoConsortium consortium = DemoConsortium.found(options);
    DemoReport report = new DemoReport(options.home().resolve(REPORT), consortium.authorityFile());
    Thread stopping = new Thread(consortium::close, "demo-stop");
    Runtime.getRuntime().addShutdownHook(stopping);
    try (consortium) {
      tell(consortium, report);
      report.complete();
      out.println("Every step held. Report: " + options.home().resolve(REPORT));
      if (!options.once()) {
        out.println("The hospitals go on until this is stopped (Ctrl-C).");
        new CountDownLatch(1).await();
      }
      return 0;
    } catch (DemoFailure e) {
      out.println("FAILED: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private void tell(DemoConsortium consortium, DemoReport report) {
    step(report, "start", () -> start(consortium, report));
    step(report, "users", () -> people(consortium));
    SampleSending sending = new SampleSending(consortium, Installation.here().samples(), report);
    step(report, "hl7 over mllp", sending::hl7OverMllp);
    step(report, "fhir over rest", sending::fhirOverRest);
    step(report, "dicom by c-store", sending::dicomByCStore);
    step(report, "hl7 from a folder", () -> sending.fromFolder("hl7", "HL7V2"));
    step(report, "fhir from a folder", () -> sending.fromFolder("fhir", "FHIR"));
    step(report, "dicom from a folder", () -> sending.fromFolder("dicom", "DICOM"));
    step(report, "commit on every node", sending::committedEverywhere);
    LeakSearch identities = identities();
    SharingStory story = new SharingStory(consortium, report, identities);
    step(report, "search by patient identifier", story::search);
    step(report, "verify", story::verify);
    step(report, "request", story::request);
    step(report, "approve", story::approve);
    step(report, "open", story::open);
    step(report, "trace", story::trace);
    step(report, "nothing of a patient on disk", () -> leaks(consortium, identities));
  }

  private String start(DemoConsortium consortium, DemoReport report) {
    consortium.start();
    report.hospitals(consortium.hospitals().stream().map(DemoHospital::report).toList());
    return consortium.hospitals().size() + " hospitals run, each in a process of its own";
  }

  private static String people(DemoConsortium consortium) {
    consortium.registerPeople();
    return "an administrator, a physician, an operator and an auditor at each";
  }

  private static LeakSearch identities() {
    Path file = Installation.here().samples().resolve("identities.txt");
    try {
      return new LeakSearch(
          Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList());
    } catch (IOException e) {
      throw new DemoFailure("cannot read " + file + ": " + e, e);
    }
  }

  private static String leaks(DemoConsortium consortium, LeakSearch identities) throws IOException {
    LeakSearch.Findings findings =
        identities.search(
            consortium.hospitals().stream().map(h -> h.process().home().root()).toList());
    if (!findings.hits().isEmpty()) {
      throw new DemoFailure("identity found in " + findings.hits());
    }
    return "%d files searched for %d strings (UTF-8, UTF-16, GB18030, hex, Base64), none found"
        .formatted(findings.files(), findings.strings());
  }

  private void step(DemoReport report, String name, Callable<String> action) {
    long begin = System.nanoTime();
    String detail;
    try {
      detail = action.call();
    } catch (Exception e) { // a step's edge: whatever it was, the report says that it did not hold
      boolean ours = e instanceof DemoFailure || e instanceof ClientException;
      String why = ours ? e.getMessage() : e.toString();
      report.step(new DemoReport.Step(name, false, millisSince(begin), why));
      throw new DemoFailure(name + ": " + why, e);
    }
    long ms = millisSince(begin);
    report.step(new DemoReport.Step(name, true, ms, detail));
    out.printf("%-30s %6d ms  %s%n", name, ms, detail);
  }

  private static long millisSince(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  /** An empty folder; a former demo's is emptied, anything else is left alone. */
  private void prepareFolder() {
    Path home = options.home();
    try {
      if (Files.exists(home.resolve(MARKER))) {
        delete(home);
      } else if (Files.exists(home) && hasEntries(home)) {
        throw new DemoFailure(home + " is neither empty nor a former demo: choose another --home");
      }
      Files.createDirectories(home);
      Files.writeString(
          home.resolve(MARKER), "Made by medseal demo, which may delete this folder.\n");
    } catch (IOException e) {
      throw new DemoFailure("cannot prepare " + home + ": " + e, e);
    }
  }

  private static boolean hasEntries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isPresent();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
