package org.medseal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.demo.DemoConsortium;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.DemoOptions;

/** A running hospital whose HTTP feeds want certificates and tokens, as curl sees it. */
class HttpAccessTest {
  /** SHA-256 of "abc" (FIPS 180-2 appendix B.1). */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String OBSERVATION = "samples/fhir/observation-blood-pressure.json";

  @TempDir private Path folder;

  private String base;

  @Test
  void onlySendersThatAFeedKnowsAreTakenAndOnlyByTls() throws Exception {
    boolean there = isThere("curl") && isThere("openssl");
    assumeTrue(there || "true".equals(System.getenv("CI")), "no curl or openssl here");
    for (String name : List.of("server", "ehr", "pacs", "stranger")) {
      certificate(name);
    }
    try (DemoConsortium consortium =
        DemoConsortium.foundAnywhere(new DemoOptions(2, folder, Optional.empty(), true))) {
      DemoHospital hospital = consortium.hospital(1);
      set(hospital);
      consortium.start();
      consortium.registerPeople();
      base = "https://127.0.0.1:" + hospital.endpoints().fhir().port();
      assertFhirIsForItsSendersAlone();
      assertStowIsForItsSendersAlone();
      assertThat(feeds(hospital)).contains("fhir-push fhir", "stow-in dicom", "mllp mllp");
      assertThat(run("curl", "-s", "http" + base.substring(5) + "/fhir/metadata").code())
          .as("without TLS")
          .isNotZero();
    }
  }

  private void assertFhirIsForItsSendersAlone() throws Exception {
    assertThat(fhir(""))
        .contains("OperationOutcome", "\"login\"", "client certificate")
        .endsWith("401");
    assertThat(fhir("pacs", "-H", "Authorization: Bearer abc"))
        .contains("OperationOutcome", "\"forbidden\"")
        .endsWith("403");
    assertThat(fhir("stranger", "-H", "Authorization: Bearer abc"))
        .as("no handshake")
        .endsWith("000");
    assertThat(fhir("ehr", "-D", "-"))
        .containsIgnoringCase("WWW-Authenticate: Bearer")
        .endsWith("401");
    assertThat(fhir("ehr", "-H", "Authorization: Bearer abd"))
        .contains("OperationOutcome")
        .endsWith("401");
    assertThat(fhir("ehr", "-H", "Authorization: Bearer abc"))
        .contains("OperationOutcome")
        .endsWith("201");
  }

  private void assertStowIsForItsSendersAlone() throws Exception {
    assertThat(stow("")).endsWith("401");
    assertThat(stow("ehr", "-H", "Authorization: Bearer abc")).endsWith("403");
    assertThat(stow("pacs")).contains("00081199").endsWith("200");
  }

  private static List<String> feeds(DemoHospital hospital) {
    List<String> kinds = new ArrayList<>();
    hospital
        .asOperator()
        .get("/api/v1/feeds")
        .expect(200)
        .json()
        .path("feeds")
        .forEach(f -> kinds.add(f.path("id").asText() + " " + f.path("kind").asText()));
    return kinds;
  }

  private String fhir(String sender, String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(
        List.of("-H", "Content-Type: application/fhir+json", "--data-binary", "@" + OBSERVATION));
    return sent(sender, "/fhir/Observation", options);
  }

  private String stow(String sender, String... more) throws Exception {
    Path body = folder.resolve("study.multipart");
    Files.writeString(body, "--b\r\nContent-Type: application/dicom\r\n\r\n");
    Files.write(body, Files.readAllBytes(image()), StandardOpenOption.APPEND);
    Files.writeString(body, "\r\n--b--\r\n", StandardOpenOption.APPEND);
    List<String> options = new ArrayList<>(List.of(more));
    String type = "multipart/related; type=\"application/dicom\"; boundary=b";
    options.addAll(List.of("-H", "Content-Type: " + type, "--data-binary", "@" + body));
    return sent(sender, "/dicom-web/studies", options);
  }

  private static Path image() throws IOException {
    try (var files = Files.walk(Path.of("samples/dicom"))) {
      return files.filter(f -> f.toString().endsWith(".dcm")).sorted().findFirst().orElseThrow();
    }
  }

  /** The answer's body and after it its status; 000 without an answer. */
  private String sent(String sender, String path, List<String> options) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-s", "--max-time", "60"));
    command.addAll(List.of("--cacert", pem("server"), "-w", "%{http_code}"));
    if (!sender.isEmpty()) {
      command.addAll(List.of("--cert", pem(sender), "--key", key(sender)));
    }
    command.addAll(options);
    command.add(base + path);
    return run(command.toArray(String[]::new)).output();
  }

  private void set(DemoHospital hospital) throws IOException {
    String tokens = Files.writeString(folder.resolve("tokens"), "ehr " + OF_ABC + "\n").toString();
    Files.writeString(
        hospital.process().home().settingsFile(),
        String.join(
            "\n",
            "",
            "medseal.fhir.tls.certificate=" + pem("server"),
            "medseal.fhir.tls.key=" + key("server"),
            "medseal.feed.fhir-push.http.clientCa=" + pem("ehr"),
            "medseal.feed.fhir-push.http.tokens=" + tokens,
            "medseal.feed.stow-in.http.clientCa=" + pem("pacs"),
            ""),
        StandardOpenOption.APPEND);
  }

  private void certificate(String name) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey", "ec"));
    command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"));
    command.addAll(List.of("-subj", "/CN=" + name, "-addext", "subjectAltName=IP:127.0.0.1"));
    command.addAll(List.of("-keyout", key(name), "-out", pem(name)));
    Ran ran = run(command.toArray(String[]::new));
    assertThat(ran.code()).as(ran.output()).isZero();
  }

  private String pem(String name) {
    return folder.resolve(name + ".pem").toString();
  }

  private String key(String name) {
    return folder.resolve(name + ".key").toString();
  }

  private record Ran(int code, String output) {}

  private static Ran run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output.strip());
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, program.equals("curl") ? "--version" : "version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
