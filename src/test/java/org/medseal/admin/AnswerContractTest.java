package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is held against the document does fail where it should. */
class AnswerContractTest {
  private static final String TOKEN = "/api/v1/auth/login";

  private static void check(int status, String mediaType, String body) {
    AnswerContract.check(
        "POST",
        TOKEN,
        new TestHospital.Reply(
            status,
            mediaType,
            body.getBytes(StandardCharsets.UTF_8),
            null)); // headers not looked at
  }

  @Test
  void everySchemaCanBeUsed() {
    assertThatCode(AnswerContract::checkSchemas).doesNotThrowAnyException();
  }

  @Test
  void anAnswerAsTheDocumentSaysPasses() {
    for (String body : new String[] {"{\"token\":\"x\"}", "{\"csrfToken\":\"x\"}"}) {
      assertThatCode(() -> check(200, "application/json", body)).doesNotThrowAnyException();
    }
    String problem = new String(Problem.notLoggedIn().body(), StandardCharsets.UTF_8);
    assertThatCode(() -> check(401, Problem.MEDIA_TYPE, problem)).doesNotThrowAnyException();
  }

  @Test
  void fieldsAreNeitherMissingNorAdded() {
    assertThatThrownBy(() -> check(200, "application/json", "{}")).hasMessageContaining("token");
    assertThatThrownBy(() -> check(200, "application/json", "{\"token\":\"x\",\"more\":1}"))
        .hasMessageContaining("more");
    assertThatThrownBy(
            () -> check(200, "application/json", "{\"token\":\"x\",\"csrfToken\":\"x\"}"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> check(200, "application/json", "{\"token\":7}"))
        .hasMessageContaining("token");
  }

  @Test
  void otherStatusesAndMediaTypesAreRefused() {
    assertThatThrownBy(() -> check(201, "application/json", "{\"token\":\"x\"}"))
        .hasMessageContaining("201");
    assertThatThrownBy(() -> check(200, "text/html", "{\"token\":\"x\"}"))
        .hasMessageContaining("text/html");
  }

  @Test
  void aRefusalIsAProblemDocumentOfItsOwnStatus() {
    assertThatThrownBy(() -> check(500, "text/html", "<h1>oops</h1>"))
        .hasMessageContaining("problem document");
    String problem = new String(Problem.notLoggedIn().body(), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> check(403, Problem.MEDIA_TYPE, problem))
        .hasMessageContaining("another status");
  }

  @Test
  void aRefusalThatSaysWhatIsInsideIsCaught() {
    for (String said :
        new String[] {"java.io.IOException", "at org.medseal.X(X.java:7)", "/tmp/x"}) {
      String problem =
          new String(Problem.badRequest("It failed: " + said).body(), StandardCharsets.UTF_8);
      assertThatThrownBy(() -> check(400, Problem.MEDIA_TYPE, problem))
          .hasMessageContaining("inside");
    }
  }
}
