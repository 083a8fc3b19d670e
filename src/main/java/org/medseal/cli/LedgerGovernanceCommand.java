package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code medseal ledger governance}. */
@Command(
    name = "governance",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what is put to the consortium, proposes and votes:",
      "list · grant INSTITUTION UNITS · admit APPLICATION · remove INSTITUTION · approve ID ·"
          + " reject ID · rules NAME=NUMBER ... (rules for stake; others stay) · key KEY PROOF"
          + " (names the own next validator key) · move ADDRESS KEY PROOF (of the own node)"
    })
final class LedgerGovernanceCommand implements Callable<Integer> {
  private static final String CALL = "/api/v1/ledger/governance";
  private static final List<String> RULES =
      List.of(
          "stakeCapPercent",
          "epochBlocks",
          "unbondingMs",
          "slashPercent",
          "downtimeWindowBlocks",
          "downtimeMissedBlocks",
          "jailMs",
          "votingMs");

  @Mixin private Person person;
  @Mixin private Output output;

  @Parameters(arity = "1..9", description = "What to do, and with what.")
  private List<String> words;

  @Override
  public Integer call() {
    switch (words.get(0)) {
      case "list" -> list(needed(1).get(CALL).expect(200).json());
      case "grant" ->
          propose(
              needed(3),
              Map.of(
                  "kind",
                  "STAKE_GRANT",
                  "institution",
                  words.get(1),
                  "units",
                  units(words.get(2))));
      case "admit" -> propose(needed(2), Map.of("kind", "ADMISSION", "application", words.get(1)));
      case "remove" -> propose(needed(2), Map.of("kind", "REMOVAL", "institution", words.get(1)));
      case "approve" -> vote(needed(2), "APPROVE");
      case "rules" -> rules();
      case "key" -> key(needed(3));
      case "move" -> move(needed(4));
      case "reject" -> vote(needed(2), "REJECT");
      default -> throw wrong("unknown word " + words.get(0));
    }
    return 0;
  }

  /** The client, once the words are as many as they have to be. */
  private AdminClient needed(int count) {
    if (words.size() != count) {
      throw wrong(words.get(0) + " takes " + (count - 1) + " words more");
    }
    return person.client();
  }

  private long units(String text) {
    if (!text.matches("[1-9]\\d{0,17}")) {
      throw wrong("units are a whole number");
    }
    return Long.parseLong(text);
  }

  private void propose(AdminClient client, Map<String, Object> change) {
    output.acted(client.post(CALL, change));
  }

  private void vote(AdminClient client, String vote) {
    output.acted(client.post(CALL + "/" + words.get(1) + "/vote", Map.of("vote", vote)));
  }

  private void key(AdminClient client) {
    output.acted(
        client.post(
            "/api/v1/ledger/validator-key", Map.of("key", words.get(1), "proof", words.get(2))));
  }

  private void move(AdminClient client) {
    output.acted(
        client.post(
            "/api/v1/ledger/node-move",
            Map.of("peerAddress", words.get(1), "tlsKey", words.get(2), "proof", words.get(3))));
  }

  private void rules() {
    Map<String, Object> change = new TreeMap<>(Map.of("kind", "STAKE_RULES"));
    for (String each : words.subList(1, words.size())) {
      String[] parts = each.split("=", 2);
      if (parts.length < 2 || !RULES.contains(parts[0]) || !parts[1].matches("\\d{1,18}")) {
        throw wrong("a rule is NAME=NUMBER; the names are " + String.join(", ", RULES));
      }
      if (change.put(parts[0], Long.parseLong(parts[1])) != null) {
        throw wrong(parts[0] + " is given twice");
      }
    }
    if (change.size() == 1) {
      throw wrong("which rules? The names are " + String.join(", ", RULES));
    }
    propose(person.client(), change);
  }

  private void list(JsonNode answer) {
    output.print(answer, out -> print(out, answer));
  }

  private static void print(PrintWriter out, JsonNode answer) {
    for (JsonNode each : answer.path("proposals")) {
      out.printf(
          "%s %s by %s until %s: %s %s%n",
          each.path("id").asText(),
          each.path("state").asText(),
          each.path("proposer").asText(),
          each.path("deadline").asText(),
          each.path("change"),
          each.path("outcome").asText());
      out.printf("  votes %s%n", each.path("votes"));
    }
  }

  private ParameterException wrong(String message) {
    return output.wrongUsage(message);
  }
}
