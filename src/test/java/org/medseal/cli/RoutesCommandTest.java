package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.audit.AuditEvents;
import org.medseal.audit.AuditTrail;
import org.medseal.home.Home;
import org.medseal.routes.LiveRoutes;

/** The commands against a home whose instance does not run; the routes are the shipped ones. */
class RoutesCommandTest {
  private static final String FEED =
      """
      - templatedRoute:
          routeTemplateRef: hl7-folder
          routeId: lab
          parameters: [{name: feed, value: lab}, {name: folder, value: /tmp/lab}]
      """;

  @TempDir Path home;
  private final PrintStream usual = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void makeHome() throws IOException {
    new Home(home).create();
    for (String file : new String[] {"genesis.json", "keys/node.keys"}) {
      Files.writeString(home.resolve(file), "");
    }
    Files.writeString(
        home.resolve("config/application.properties"), "medseal.institution=hospital-1\n");
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveBack() {
    System.setOut(usual);
  }

  private int routes(String verb) {
    out.reset();
    return MedSeal.execute("routes", verb, "--home", home.toString());
  }

  private void own(String text) throws IOException {
    Path file = home.resolve("config/routes/feeds/lab.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void theShippedRoutesAreValid() {
    assertThat(routes("validate")).isZero();
  }

  @Test
  void whatIsAppliedIsPlannedBeforeAndCanBeTakenBack() throws IOException {
    assertThat(routes("apply")).isZero();
    own(FEED);
    assertThat(routes("plan")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("+ feeds/lab.yaml  routes [lab]");
    assertThat(routes("apply")).isZero();
    assertThat(home.resolve("generations/2/feeds/lab.yaml")).hasContent(FEED);
    assertThat(routes("apply")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("nothing to change");
    assertThat(routes("rollback")).isZero();
    assertThat(home.resolve("generations/current")).hasContent("1");
    try (AuditTrail audit = AuditTrail.open(home.resolve("audit"))) {
      String told =
          new String(
              new AuditEvents(audit, "hospital-1", "/audit").bundle(0, 10), StandardCharsets.UTF_8);
      assertThat(audit.size()).isEqualTo(3);
      assertThat(told).contains("\"routes\"", "os:" + LiveRoutes.user(), "generation");
    }
    assertThat(routes("rollback")).isEqualTo(MedSeal.FAILED);
  }

  @Test
  void onlyTheLastGenerationsAreKept() throws IOException {
    for (int i = 1; i <= 23; i++) {
      own(FEED.replace("/tmp/lab", "/tmp/lab" + i));
      assertThat(routes("apply")).isZero();
    }
    assertThat(home.resolve("generations/3")).doesNotExist();
    assertThat(home.resolve("generations/4")).exists();
    assertThat(home.resolve("generations/current")).hasContent("23");
    assertThat(routes("rollback")).isZero();
  }

  @Test
  void whatIsNotValidIsNotApplied() throws IOException {
    own(FEED.replace("hl7-folder", "nowhere"));
    assertThat(routes("apply")).isEqualTo(MedSeal.FAILED);
    assertThat(home.resolve("generations")).doesNotExist();
  }

  @Test
  void aVerbIsNeeded() {
    assertThat(MedSeal.execute("routes")).isEqualTo(MedSeal.WRONG_USAGE);
  }
}
