package org.medseal.bench.cases;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.demo.DemoFailure;
import org.medseal.demo.MllpClient;
import org.medseal.demo.Poll;

/** The sending systems: one line, one HTTP client, the pick-up folders. */
final class CaseSender {
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** So long nothing may come where nothing is wanted. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final int mllpPort;
  private final URI fhirBase;
  private final Path drop;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  /** {@code drop} holds the folders hl7 and fhir. */
  CaseSender(int mllpPort, URI fhirBase, Path drop) {
    this.mllpPort = mllpPort;
    this.fhirBase = fhirBase;
    this.drop = drop;
  }

  /** Returns when everything of the file is answered, or has gone unanswered for a minute. */
  SortedMap<String, Integer> send(CaseFile file) throws IOException, InterruptedException {
    return switch (file.way()) {
      case MLLP, MLLP_STREAM -> overMllp(file);
      case FHIR_PUSH -> counted("HTTP " + push(file));
      case HL7_FOLDER -> counted(drop(file, drop.resolve("hl7")));
      case FHIR_FOLDER -> counted(drop(file, drop.resolve("fhir")));
    };
  }

  private static SortedMap<String, Integer> counted(String answer) {
    SortedMap<String, Integer> one = new TreeMap<>();
    one.put(answer, 1);
    return one;
  }

  private SortedMap<String, Integer> overMllp(CaseFile file) throws IOException {
    SortedMap<String, Integer> answers = new TreeMap<>();
    try (MllpClient line = new MllpClient(mllpPort, ANSWER)) {
      for (byte[] message : file.frames()) {
        answers.merge(
            wantsNone(message) ? silence(message) : answer(line, message), 1, Integer::sum);
      }
    }
    return answers;
  }

  /** MSH-15 and MSH-16 say that nothing is to be answered. */
  private static boolean wantsNone(byte[] message) {
    String msh = new String(message, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    String[] fields = msh.split("\\|", -1);
    return fields.length > 15 && fields[14].equals("NE") && fields[15].equals("NE");
  }

  private static String answer(MllpClient line, byte[] message) {
    try {
      return line.send(message);
    } catch (IOException e) {
      return CaseResult.NO_ANSWER; // closed or silent: both are no answer
    }
  }

  private String silence(byte[] message) throws IOException {
    try (MllpClient own = new MllpClient(mllpPort, SILENCE)) {
      return own.send(message) + " unasked";
    } catch (SocketTimeoutException e) {
      return "no answer, as asked for";
    }
  }

  private int push(CaseFile file) throws IOException, InterruptedException {
    boolean xml = file.name().endsWith(".xml");
    HttpRequest request =
        HttpRequest.newBuilder(fhirBase)
            .timeout(ANSWER)
            .header("Content-Type", xml ? "application/fhir+xml" : "application/fhir+json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(file.content()))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static String drop(CaseFile file, Path folder) throws IOException {
    Path partial = folder.resolveSibling(".partial");
    Files.copy(
        file.path(),
        partial,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    Path target = folder.resolve(file.path().getFileName());
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    try {
      return Poll.until(
          "pick-up",
          ANSWER,
          () -> Files.exists(target) ? Optional.empty() : Optional.of("file taken"));
    } catch (DemoFailure e) {
      return CaseResult.NO_ANSWER;
    }
  }
}
