package org.medseal.pages.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medseal.pages.account.Account;

/**
 * A page of users, as filtered.
 *
 * @param next query of the next page; empty on the last
 */
record Accounts(List<Account> users, Filter filter, String next) {

  /** As typed. */
  record Filter(String state, String role, String words) {}

  static Accounts of(JsonNode answer, Filter filter) {
    List<Account> users = new ArrayList<>();
    answer.path("users").forEach(user -> users.add(Account.of(user)));
    String after = answer.path("next").asText("");
    String next =
        after.isEmpty()
            ? ""
            : Query.of(
                Map.of(
                    "state", filter.state(),
                    "role", filter.role(),
                    "q", filter.words(),
                    "after", after));
    return new Accounts(List.copyOf(users), filter, next);
  }
}
