package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.medseal.users.Role;
import org.medseal.users.UserState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code medseal user list|enable|disable|reject|end-sessions|recovery-code}: without a browser.
 */
final class UserAccountCommands {
  private UserAccountCommands() {}

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Users by login; at rest (without --login) all of them.")
  static final class ListThem implements Callable<Integer> {
    @Mixin private Administration administration;
    @Mixin private Output output;

    @Option(names = "--state", description = "PENDING, ACTIVE or DISABLED.")
    private Optional<UserState> state = Optional.empty();

    @Option(names = "--role", description = "PHYSICIAN, ADMIN, OPERATOR or AUDITOR.")
    private Optional<Role> role = Optional.empty();

    @Option(names = "--search", description = "Part of login, name or licence number.")
    private Optional<String> search = Optional.empty();

    @Override
    public Integer call() {
      Map<String, String> query = new TreeMap<>();
      state.ifPresent(value -> query.put("state", value.name()));
      role.ifPresent(value -> query.put("role", value.name()));
      search.ifPresent(value -> query.put("q", value));
      JsonNode answer = administration.list(query);
      output.print(answer, out -> answer.path("users").forEach(user -> out.println(inALine(user))));
      return 0;
    }

    private static String inALine(JsonNode user) {
      List<String> roles = new ArrayList<>();
      user.path("roles").forEach(role -> roles.add(role.asText()));
      return "%-20s %-9s %-24s %s"
          .formatted(
              user.path("login").asText(),
              user.path("state").asText(),
              String.join(",", roles),
              user.path("displayName").asText());
    }
  }

  /** One user, named by login. */
  private abstract static class OfOne implements Callable<Integer> {
    @Mixin private Administration administration;
    @Mixin private Output output;

    @Parameters(paramLabel = "USER", description = "The user's login.")
    private String user;

    final Integer done(UserChange change, Map<String, Object> body, String words) {
      JsonNode answer = administration.change(user, change, body);
      output.print(answer, words.formatted(user, answer.path("code").asText(), expiry(answer)));
      return 0;
    }

    private static String expiry(JsonNode answer) {
      return answer.path("expiresAt").asText();
    }
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      description = "Lets a disabled user in again, with the roles of before.")
  static final class Enable extends OfOne {
    @Override
    public Integer call() {
      return done(UserChange.ENABLE, Map.of(), "%s may log in again");
    }
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      description = "Shuts a user out and ends the sessions.")
  static final class Disable extends OfOne {
    @Override
    public Integer call() {
      return done(UserChange.DISABLE, Map.of(), "%s is out");
    }
  }

  @Command(
      name = "reject",
      mixinStandardHelpOptions = true,
      description = "Removes somebody who waits for an approval; the login is free again.")
  static final class Reject extends OfOne {
    @Override
    public Integer call() {
      return done(UserChange.REJECT, Map.of(), "%s is rejected, and the login is free again");
    }
  }

  @Command(
      name = "end-sessions",
      mixinStandardHelpOptions = true,
      description = "Ends all sessions of a user, who may log in again.")
  static final class EndSessions extends OfOne {
    @Override
    public Integer call() {
      return done(UserChange.END_SESSIONS, Map.of(), "%s has no session any more");
    }
  }

  @Command(
      name = "recovery-code",
      mixinStandardHelpOptions = true,
      description = {
        "A one-time code with which a user sets a new password, to be handed over in person.",
        "It opens no key of a role: those stay bound to the old password."
      })
  static final class RecoveryCode extends OfOne {
    @Option(
        names = "--remove-totp",
        description = "Using the code removes the second factor, too: the app is lost.")
    private boolean removeTotp;

    @Override
    public Integer call() {
      return done(
          UserChange.RECOVERY_CODE,
          Map.of("removeTotp", removeTotp),
          "%s sets a new password with %s until %s, on the page /recover or by POST"
              + " auth/recover/confirm");
    }
  }
}
