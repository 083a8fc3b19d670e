package org.medseal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.demo.DemoConsortium;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.DemoOptions;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;

/** What cannot start says so in one clear line and ends with exit code 1. */
class RefusedStartTest {
  @TempDir private Path folder;

  private DemoHospital hospital;
  private Home home;

  @BeforeEach
  void found() {
    DemoConsortium consortium =
        DemoConsortium.foundAnywhere(new DemoOptions(2, folder, java.util.Optional.empty(), true));
    hospital = consortium.hospital(1);
    home = hospital.process().home();
  }

  @Test
  void aWrongPassphraseStopsTheStart() throws IOException, InterruptedException {
    Files.writeString(Passphrase.besideOf(home), "not the passphrase\n");
    assertThat(linesOfRefusedStart()).singleElement().asString().contains("node.keys");
  }

  @Test
  void anUnreadableRouteStopsTheStart() throws IOException, InterruptedException {
    Path routes = Files.createDirectories(home.config().resolve("routes"));
    Files.writeString(routes.resolve("broken.yaml"), "- route:\n    from: [unclosed\n");
    assertThat(linesOfRefusedStart()).singleElement().asString().contains("broken.yaml");
  }

  @Test
  void aRouteWithAnotherSchemeStopsTheStart() throws IOException, InterruptedException {
    Path routes = Files.createDirectories(home.config().resolve("routes"));
    Files.writeString(
        routes.resolve("early.yaml"),
        """
        - route:
            id: early
            from:
              uri: direct:early
              steps:
                - to:
                    uri: seda:memory
        """);
    assertThat(linesOfRefusedStart()).singleElement().asString().contains("seda");
  }

  @Test
  void aTakenPortStopsTheStart() throws IOException, InterruptedException {
    int port = hospital.endpoints().fhir().port();
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      assertThat(linesOfRefusedStart())
          .singleElement()
          .asString()
          .contains("medseal.fhir.port", String.valueOf(port));
    }
  }

  @Test
  void anUnknownSettingStopsTheStart() throws IOException, InterruptedException {
    Files.writeString(
        home.settingsFile(), Files.readString(home.settingsFile()) + "medseal.mlpp.port=1\n");
    assertThat(linesOfRefusedStart())
        .singleElement()
        .asString()
        .contains("medseal.mlpp.port", "application.properties");
  }

  @Test
  void aHomeOfAnotherVersionStopsTheStart() throws IOException, InterruptedException {
    Files.writeString(home.inbox().resolve("format"), "99\n");
    assertThat(linesOfRefusedStart())
        .singleElement()
        .asString()
        .contains(home.inbox().toString(), "format 99", "found or join anew");
  }

  private List<String> linesOfRefusedStart() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            "org.medseal.cli.MedSeal",
            "run",
            "--home",
            home.root().toString());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.remove(Passphrase.FILE_VARIABLE);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(1);
    return output.lines().toList();
  }
}
