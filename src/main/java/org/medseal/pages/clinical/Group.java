package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The signing group.
 *
 * @param mayIssue whether the issuer's key is in this session
 * @param revoke institutions ticked for leaving
 */
record Group(
    int epoch,
    String issuer,
    String opener,
    int minimumMembers,
    List<Member> members,
    boolean mayIssue,
    Set<String> revoke) {

  /**
   * An institution of the consortium.
   *
   * @param present whether it still belongs to it
   */
  record Member(String institution, String state, boolean present) {
    boolean isMember() {
      return state.equals("MEMBER");
    }

    String tone() {
      return switch (state) {
        case "MEMBER" -> "ok";
        case "JOINED" -> "info";
        case "REVOKED" -> "bad";
        default -> "warn";
      };
    }
  }

  static Group of(JsonNode group, JsonNode me, List<String> revoke) {
    List<Member> members = new ArrayList<>();
    for (JsonNode each : group.path("members")) {
      members.add(
          new Member(
              each.path("institution").asText(),
              each.path("state").asText(),
              each.path("present").asBoolean()));
    }
    return new Group(
        group.path("epoch").asInt(),
        group.path("issuer").asText(),
        group.path("opener").asText(),
        group.path("minimumMembers").asInt(),
        members,
        me.path("holdsIssuerKey").asBoolean(),
        new TreeSet<>(revoke));
  }

  boolean hasNotJoined(String institution) {
    return members.stream()
        .anyMatch(
            each -> each.institution().equals(institution) && each.state().equals("NOT_JOINED"));
  }
}
