package org.medseal.bench.intake;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.medseal.demo.MllpClient;

/**
 * Sources that do not give up: each sends a message until it is acknowledged, then the next one, as
 * long as the run lasts. A file is taken when it is gone.
 */
final class Persistent {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration AFTER_A_FAILURE = Duration.ofMillis(200);
  private static final int IN_A_FILE = 3;

  private final OneHospital hospital;
  private final Story story;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean going = true;

  Persistent(OneHospital hospital, Story story) {
    this.hospital = hospital;
    this.story = story;
  }

  void start(int connections) {
    for (int i = 0; i < connections; i++) {
      String series = "L" + i;
      begin("mllp-" + i, () -> line(series));
    }
    begin("fhir", this::pushes);
    begin("folder", this::files);
  }

  private void begin(String name, Runnable source) {
    Thread thread = new Thread(source, name);
    thread.start();
    threads.add(thread);
  }

  /** Returns when the message each source was at is acknowledged. */
  void end() throws InterruptedException {
    going = false;
    for (Thread each : threads) {
      each.join();
    }
  }

  private void line(String series) {
    long n = 0;
    while (going) {
      try (MllpClient client = new MllpClient(hospital.mllpPort(), ANSWER_WITHIN)) {
        while (going) {
          String name = LabResults.controlId(series, n);
          String answer = client.exchange(LabResults.message(series, n));
          if (!answer.contains("\rMSA|AA|" + name + "\r")) {
            throw new IOException("not acknowledged");
          }
          story.acknowledged(Story.Way.MLLP, name);
          n++;
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      } catch (IOException e) { // killed, or not yet up again: the same message once more
        story.again();
        LockSupport.parkNanos(AFTER_A_FAILURE.toNanos());
      }
    }
  }

  private void pushes() {
    HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
    URI target = URI.create(hospital.fhir() + "/Observation");
    for (long n = 0; going; n++) {
      String name = LabResults.controlId("F", n);
      HttpRequest request =
          HttpRequest.newBuilder(target)
              .timeout(ANSWER_WITHIN)
              .header("Content-Type", "application/fhir+json")
              .POST(HttpRequest.BodyPublishers.ofString(observation(name, n)))
              .build();
      while (!isTaken(client, request)) {
        story.again();
        LockSupport.parkNanos(AFTER_A_FAILURE.toNanos());
      }
      story.acknowledged(Story.Way.FHIR, name);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** 201, or 200 for what was stored before a kill took its answer away. */
  private static boolean isTaken(HttpClient client, HttpRequest request) {
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == 201 || status == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String observation(String name, long n) {
    return """
        {"resourceType":"Observation","id":"%s","status":"final",
         "code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},
         "subject":{"reference":"Patient/%d"},"effectiveDateTime":"2026-04-01T10:00:00Z",
         "valueQuantity":{"value":13.5,"unit":"g/dL","system":"http://unitsofmeasure.org","code":"g/dL"}}
        """
        .formatted(name, n % 97);
  }

  private void files() {
    Path folder = hospital.home().drop("hl7");
    for (long n = 0; going; n++) {
      try {
        Path file = folder.resolve("batch-" + n + ".hl7");
        Path unfinished = folder.resolveSibling("unfinished-" + n);
        Files.writeString(unfinished, batch(n), StandardCharsets.US_ASCII);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        while (Files.exists(file)) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      for (int i = 0; i < IN_A_FILE; i++) {
        story.acknowledged(Story.Way.FOLDER, LabResults.controlId("B" + n, i));
      }
    }
  }

  private static String batch(long n) {
    StringBuilder file = new StringBuilder("FHS|^~\\&|LAB\rBHS|^~\\&|LAB\r");
    for (int i = 0; i < IN_A_FILE; i++) {
      file.append(new String(LabResults.message("B" + n, i), StandardCharsets.US_ASCII));
    }
    return file.append("BTS|").append(IN_A_FILE).append("\rFTS|1\r").toString();
  }
}
