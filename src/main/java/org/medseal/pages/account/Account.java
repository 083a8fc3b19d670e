package org.medseal.pages.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An account as calls answer it.
 *
 * @param state as the call names it
 * @param roles as the call names them
 * @param lockedUntil empty when the login is not locked
 */
public record Account(
    Person person,
    String state,
    List<String> roles,
    String createdAt,
    String lockedUntil,
    boolean totp,
    Keys keys) {

  /** Who it is. */
  public record Person(
      String id, String login, String displayName, String email, String licenceNumber) {}

  /** What the own session holds; of nobody else's account. */
  public record Keys(boolean custodian, boolean opener, boolean issuer, int recoveryCodesLeft) {
    public boolean any() {
      return custodian || opener || issuer;
    }
  }

  public Account {
    roles = List.copyOf(roles);
  }

  public static Account of(JsonNode node) {
    List<String> roles = new ArrayList<>();
    node.path("roles").forEach(role -> roles.add(role.asText()));
    return new Account(
        new Person(
            text(node, "id"),
            text(node, "login"),
            text(node, "displayName"),
            text(node, "email"),
            text(node, "licenceNumber")),
        text(node, "state"),
        roles,
        text(node, "createdAt"),
        text(node, "lockedUntil"),
        node.path("totp").asBoolean(),
        new Keys(
            node.path("holdsCustodianKey").asBoolean(),
            node.path("holdsOpenerKey").asBoolean(),
            node.path("holdsIssuerKey").asBoolean(),
            node.path("recoveryCodesLeft").asInt()));
  }

  public boolean is(String role) {
    return roles.contains(role);
  }

  /** How its state is coloured. */
  public String tone() {
    return switch (state) {
      case "ACTIVE" -> "ok";
      case "PENDING" -> "warn";
      default -> "plain";
    };
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
