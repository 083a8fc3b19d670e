package org.medseal.pages.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medseal.pages.Audience;
import org.medseal.pages.Page;
import org.medseal.pages.PageRequest;
import org.medseal.pages.Preferences;

class WhereaboutsTest {
  private final Whereabouts whereabouts =
      new Whereabouts(
          List.of(
              Page.get("/", Audience.signedIn(), page -> null),
              Page.get("/me", Audience.signedIn(), page -> null),
              Page.get("/users/{id}", Audience.signedIn(), page -> null),
              Page.post("/users/{id}/roles", Audience.signedIn(), page -> null)));

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/me?done=x, /me?done=x",
    "/me/totp/confirm, /me",
    "/users/7/roles, /users/7",
    "/users, /",
    "/nowhere/at/all, /",
    "//evil.example/me, /"
  })
  void itIsThePageThatIsReadNearestAbove(String target, String page) {
    PageRequest request =
        new PageRequest(
            target, Map.of(), Map.of(), Map.of(), Map.of(), Preferences.of(Map.of(), ""), false);
    assertThat(whereabouts.of(request)).isEqualTo(page);
  }
}
