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
    for (String file : new String[] {"genesis.json", "keys/node.keys"}) {
      Files.createDirectories(home.resolve(file).getParent());
      Files.writeString(home.resolve(file), "");
    }
    Files.createDirectories(home.resolve("config"));
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
    assertThat(routes("rollback")).isEqualTo(MedSeal.FAILED);
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
