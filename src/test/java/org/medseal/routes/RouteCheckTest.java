package org.medseal.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.httpaccess.HttpAccess;
import org.medseal.connectors.httpaccess.RouteReach.Reached;
import org.medseal.connectors.httpaccess.TokenFile;
import org.medseal.connectors.intake.IntakeBeans;
import org.medseal.routes.RouteException.Reason;

class RouteCheckTest {
  private static final RouteFiles SHIPPED = RouteFiles.read(List.of(Path.of("routes")));

  private static final Map<String, String> FOLDERS =
      Map.of("drop.hl7", "drop/hl7", "drop.fhir", "drop/fhir", "drop.dicom", "drop/dicom");

  private static final String BOTH =
      """
      - route:
          id: both
          from:
            uri: direct:both
            steps:
              - to: {uri: "inbox:x?format=FHIR"}
              - to: {uri: "inbox:y?format=FHIR"}
      """;

  private static final Map<String, String> LAB =
      Map.of("lab.feed", "own", "lab.rest", "wn", "lab.way", "beside", "lab.format", "FHIR");

  @TempDir private Path folder;

  private final RouteCheck check =
      new RouteCheck(
          FOLDERS,
          registry ->
              IntakeBeans.bind(registry, IntakeBeans.Settings.defaults(), InstantSource.system()));

  @Test
  void theShippedRoutesAreUsable() {
    assertThatCode(() -> check.require(SHIPPED)).doesNotThrowAnyException();
  }

  /** With tokens for the feed {@code own}. */
  private RouteCheck gated() throws IOException {
    String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    TokenFile tokens = new TokenFile(Files.writeString(folder.resolve("t"), "lab " + hash + "\n"));
    HttpAccess access = new HttpAccess(Optional.empty(), Optional.of(tokens));
    Map<String, String> all = new TreeMap<>(FOLDERS);
    all.putAll(LAB);
    return new RouteCheck(
        all,
        registry ->
            IntakeBeans.bind(
                registry,
                IntakeBeans.Settings.defaults().withAccess(Map.of("own", access)),
                InstantSource.system()));
  }

  @Test
  void aFeedWithTokensIsNotReachedThroughOtherRoutesByOneThatAsksNobody() throws IOException {
    RouteCheck gated = gated();
    String own =
        """
        - route:
            id: own
            from:
              uri: platform-http:/own
              steps:
                - to: {uri: "direct:one?block=false"}
        - route:
            id: one
            from:
              uri: direct:one
              steps:
                - choice:
                    when:
                      - simple: "true"
                        steps:
                          - to: {uri: "direct:two"}
                    otherwise:
                      steps:
                        - to: {uri: "direct:one"}
        - route:
            id: two
            from:
              uri: direct:two
              steps:
                - process: {ref: "#fhirExamine"}
                - to: {uri: "inbox:own?format=FHIR"}
        """;
    assertThatThrownBy(() -> gated.require(with(own)))
        .hasMessageContaining("route own does not begin with #fhirExamine")
        .hasMessageContaining("medseal.feed.own.http.*");
    String asking =
        own.replaceFirst("steps:\n", "steps:\n        - process: {ref: \"#fhirExamine\"}\n");
    assertThatCode(() -> gated.require(with(asking))).doesNotThrowAnyException();
    String both =
        asking.replace("- to: {uri: \"direct:one\"}", "- to: {uri: \"inbox:x?format=FHIR\"}");
    assertThatThrownBy(() -> gated.require(with(both)))
        .as("the gate could not tell which feed it is")
        .hasMessageContaining("feeds [own, x]");
  }

  private static String asking(String id, String address) {
    return """
        - route:
            id: %1$s
            from:
              uri: platform-http:/%1$s
              steps:
                - process: {ref: "#fhirExamine"}
                - to: {uri: "%2$s"}
        """
        .formatted(id, address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inbox:{{lab.feed}}?format=FHIR",
        "inbox:{{absent:own}}?format=FHIR",
        "inbox:o{{lab.rest}}?format={{lab.format}}",
        "direct:beside",
        "direct:{{lab.way}}?block=false"
      })
  void theFeedIsKnownHoweverItsAddressIsWritten(String address) throws IOException {
    String beside =
        """
        - route:
            id: beside
            from:
              uri: "direct:{{lab.way}}"
              steps:
                - to: {uri: "inbox:{{lab.feed}}?format=FHIR"}
        """;
    Map<String, Reached> reached = gated().require(with(asking("own", address) + beside)).reached();
    assertThat(reached.get("own").feeds()).containsExactly("own");
    assertThat(reached.get("own").formats()).containsExactly(Format.FHIR);
    assertThat(reached.get("stow-in").formats()).containsExactly(Format.DICOM);
    assertThat(reached.get("pipeline").feeds()).isEmpty();
  }

  /** Of a template's own parameters and of settings, as the routes will run. */
  @Test
  void aParametersValueIsTheRoutesOwn() throws IOException {
    String made = SHIPPED.byName().get("feeds/fhir-push.yaml").replace("fhir-push\"", "own\"");
    TreeMap<String, String> files = new TreeMap<>(SHIPPED.byName());
    files.put("feeds/fhir-push.yaml", made);
    assertThat(gated().require(new RouteFiles(files)).reached().get("fhir-push").feeds())
        .containsExactly("own");
  }

  @Test
  void aRouteThatWouldRefuseEverybodyIsRefusedItself() throws IOException {
    String own = asking("own", "inbox:own?format=FHIR");
    RouteFiles files = with(own + asking("stray", "direct:nowhere"));
    RouteCheck gated = gated();
    assertThatThrownBy(() -> gated.require(files))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("route stray asks for a feed's senders and gets to no inbox");
    assertThatThrownBy(() -> gated.require(with(asking("own", "inbox:{{nowhere}}?format=FHIR"))))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("route own cannot be made")
        .hasMessageContaining("nowhere");
    RouteFiles several =
        with(own + asking("x", "inbox:x?format=FHIR") + asking("free", "direct:both") + BOTH);
    assertThat(gated.require(several).reached().get("free").feeds()).containsExactly("x", "y");
  }

  @Test
  void aFeedWithTokensIsNotListenedToByARouteThatAsksNobody() throws IOException {
    RouteCheck gated = gated();
    assertThatThrownBy(() -> gated.require(SHIPPED)).hasMessageContaining("medseal.feed.own.http");
    String own =
        """
        - route:
            id: own
            from:
              uri: platform-http:/own
              steps:
                - to: {uri: "inbox:own?format=FHIR"}
        """;
    assertThatThrownBy(() -> gated.require(with(own))).hasMessageContaining("#fhirExamine");
    String asking = own.replace("steps:\n", "steps:\n        - process: {ref: \"#fhirExamine\"}\n");
    assertThatCode(() -> gated.require(with(asking))).doesNotThrowAnyException();
  }

  @Test
  void everyTemplateCanMakeAFeed() {
    check.require(
        with(
            """
            - templatedRoute:
                routeTemplateRef: fhir-poll
                routeId: ehr
                parameters:
                  - {name: feed, value: ehr}
                  - {name: baseUrl, value: "https://ehr.example/fhir"}
                  - {name: types, value: "Patient,Observation"}
            - templatedRoute:
                routeTemplateRef: fhir-hook
                routeId: hook
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seda:x",
        "exec:rm",
        "http://example.org",
        "vm:x",
        "class:java.lang.Runtime",
        "log:body",
        "kafka:x",
        "{{scheme}}:x"
      })
  void anotherSchemeIsForbidden(String uri) {
    refused(Reason.FORBIDDEN, route("- to: {uri: \"" + uri + "\"}"));
    refused(Reason.FORBIDDEN, route("- to: \"" + uri + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- wireTap: {uri: \"direct:b\"}",
        "- threads: {}",
        "- toD: {uri: \"direct:b\"}",
        "- recipientList: {simple: \"direct:b\"}",
        "- choice: {when: [{simple: \"true\", steps: [{dynamicRouter: {simple: \"direct:b\"}}]}]}",
        "- script: {groovy: \"System.exit(0)\"}",
        "- bean: {beanType: java.lang.Runtime}",
        "- process: {ref: \"#class:org.example.Evil\"}",
        "- log: {message: \"${body}\"}"
      })
  void aStepThatAnswersEarlyOrMakesCodeIsForbidden(String step) {
    refused(Reason.FORBIDDEN, route(step));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- beans: [{name: x, type: org.example.X}]",
        "- onException: {exception: [java.lang.Exception]}",
        "- rest: {path: /x}",
        "- routeConfiguration: {id: x}"
      })
  void onlyRoutesTemplatesAndFeedsAreLoaded(String entry) {
    String file = entry.replace("[", "{a: [").replaceFirst("\\]", "]}");
    refused(Reason.FORBIDDEN, entry.contains(": [") ? file : entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "route: {}",
        "- [a]",
        "- route: {from: {uri: \"direct:a\"}}",
        "- route: {id: \"patient name\", from: {uri: \"direct:a\"}}",
        "- route: {id: pipeline, from: {uri: \"direct:a\"}}",
        "- templatedRoute: {routeId: x, routeTemplateRef: nowhere}",
        "- route: [",
        "- route: {id: x, id: y}"
      })
  void whatIsNoRouteFileIsRefusedWithItsName(String text) {
    refused(Reason.FORM, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- templatedRoute: {routeId: x, routeTemplateRef: mllp-in, parameters: [{name: feed, value: x}]}",
        "- route: {id: x, from: {uri: \"direct:a\", steps: [{noSuchStep: {}}]}}",
        "- route: {id: x, from: {uri: \"direct:a?noSuchOption=1\", steps: [{process: {ref: \"#fileTaken\"}}]}}",
        "- route: {id: x, from: {uri: \"direct:{{nowhere}}\", steps: [{process: {ref: \"#fileTaken\"}}]}}",
        "- templatedRoute: {routeId: x, routeTemplateRef: fhir-poll, parameters: [{name: feed, value: x},"
            + " {name: baseUrl, value: \"ftp://x\"}, {name: types, value: Patient}]}"
      })
  void whatCamelCannotMakeARouteOfIsUnusable(String text) {
    refused(Reason.UNUSABLE, text);
  }

  @Test
  void aFeedWithTlsWhoseRouteTakesItIsUsable() {
    assertThatCode(() -> withTls("mllp", "false").require(SHIPPED)).doesNotThrowAnyException();
    assertThatCode(() -> withTls("mllp", "true").require(SHIPPED)).doesNotThrowAnyException();
  }

  @Test
  void tlsThatNoRouteTakesIsRefusedByName() {
    for (String feed : List.of("hl7-folder", "fhir-push", "absent")) {
      assertThatThrownBy(() -> withTls(feed, "false").require(SHIPPED))
          .isInstanceOf(RouteException.class)
          .hasMessage("no MLLP or DICOM route takes medseal.feed." + feed + ".tls.*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls", "mutualTls", "tlsContext"})
  void aLineThatLeavesOutOneOfItsTlsParametersIsRefused(String parameter) {
    TreeMap<String, String> files = new TreeMap<>(SHIPPED.byName());
    files.computeIfPresent(
        "feeds/mllp.yaml",
        (name, text) -> text.replaceAll("(?m)^ +- name: " + parameter + "\\R.*\\R?", ""));
    assertThatThrownBy(() -> withTls("mllp", "true").require(new RouteFiles(files)))
        .isInstanceOf(RouteException.class)
        .hasMessage("route mllp does not take medseal.feed.mllp.tls.*");
  }

  @Test
  void aFeedWithTlsIsNotReachedThroughAnotherRouteByALineInClear() {
    String own =
        """
        - route:
            id: own
            from:
              uri: netty:tcp://127.0.0.1:0?sync=true
              steps:
                - to: {uri: "direct:in"}
        - route:
            id: in
            from:
              uri: direct:in
              steps:
                - to: {uri: "inbox:mllp?format=HL7V2"}
        """;
    assertThatThrownBy(() -> withTls("mllp", "false").require(with(own)))
        .isInstanceOf(RouteException.class)
        .hasMessage("route own does not take medseal.feed.mllp.tls.*");
  }

  private static RouteCheck withTls(String feed, String mutual) {
    TreeMap<String, String> all = new TreeMap<>(FOLDERS);
    all.put(feed + ".tls", "true");
    all.put(feed + ".mutualTls", mutual);
    all.put(feed + ".tlsContext", "#mllpTls-" + feed);
    return new RouteCheck(
        all,
        registry -> {
          IntakeBeans.bind(registry, IntakeBeans.Settings.defaults(), InstantSource.system());
          registry.bind("mllpTls-" + feed, new SSLContextParameters());
        });
  }

  private void refused(Reason reason, String text) {
    assertThatThrownBy(() -> check.require(with(text)))
        .isInstanceOfSatisfying(
            RouteException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static String route(String step) {
    return "- route:\n    id: x\n    from:\n      uri: \"direct:a\"\n      steps:\n        "
        + step
        + "\n";
  }

  private static RouteFiles with(String text) {
    TreeMap<String, String> files = new TreeMap<>(SHIPPED.byName());
    files.put("feeds/own.yaml", text);
    return new RouteFiles(files);
  }
}
