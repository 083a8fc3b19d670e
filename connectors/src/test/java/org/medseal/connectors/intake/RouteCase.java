package org.medseal.connectors.intake;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.message.MessageLimits;

/** A hospital with the shipped routes, and what is sent to it. */
abstract class RouteCase {
  static final String CANARY = "Zwackelmannsdottir";

  static final MessageLimits ROOM = new MessageLimits(1 << 20, 1000, 1 << 28, 1000);

  static final MessageLimits FULL = new MessageLimits(1 << 20, 1, 1 << 28, 1000);

  static final String ADT =
      "MSH|^~\\&|HIS|HARBORVIEW|MEDSEAL|HARBORVIEW|20260312093015||ADT^A01^ADT_A01|%s|P|2.5.1\r"
          + "EVN|A01|20260312093000\r"
          + "PID|1||%s^^^HOSP1^MR||"
          + CANARY
          + "^Ronja||19570314|F\r"
          + "PV1|1|I|4EAST\r";

  @TempDir Path home;

  static byte[] patient(String id) {
    return Hospital.bytes(
        "{\"resourceType\":\"Patient\",\"id\":\"x\",\"identifier\":[{\"system\":"
            + "\"urn:medseal:demo:hospital-1\",\"value\":\""
            + id
            + "\"}],\"name\":[{\"family\":\""
            + CANARY
            + "\"}]}");
  }

  static byte[] adt(String controlId, String patient) {
    return Hospital.bytes(String.format(ADT, controlId, patient));
  }

  void drop(String folder, String name, byte[] content) throws IOException {
    Path file = home.resolve("drop").resolve(folder).resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.noneMatch(Files::isRegularFile);
    } catch (UncheckedIOException e) {
      return false; // a file went while it was looked at
    }
  }

  static HttpResponse<String> post(Hospital hospital, String path, byte[] body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(hospital.fhirBase() + path))
            .header("Content-Type", "application/fhir+json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static void awaitTrue(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  static byte[] concat(byte[]... parts) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
