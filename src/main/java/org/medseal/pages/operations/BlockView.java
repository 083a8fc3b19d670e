package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One block.
 *
 * @param kinds transactions by kind
 * @param from index of the first transaction shown
 */
record BlockView(
    LedgerView.BlockRow head,
    Hashes hashes,
    Votes votes,
    List<Offence> offences,
    Map<String, Integer> kinds,
    List<TransactionRow> transactions,
    int from,
    boolean isNewest) {
  static final int PAGE = 100;

  /** As the header has them. */
  record Hashes(String id, String parent, String transactionRoot, String stateRoot) {}

  /** Whose precommits the certificate has; stake. */
  record Votes(List<Vote> all, long signedStake, long totalStake) {}

  /** Of one validator. */
  record Vote(String institution, long stake, boolean signed) {}

  /** Two statements of one validator where one is allowed. */
  record Offence(String kind, long height, long validator) {}

  /** A transaction in a list. */
  record TransactionRow(
      String txId, String kind, String format, String institution, long sizeBytes) {
    static TransactionRow of(JsonNode transaction) {
      return new TransactionRow(
          transaction.path("txId").asText(),
          transaction.path("kind").asText(),
          transaction.path("format").asText(),
          transaction.path("institution").asText(),
          transaction.path("sizeBytes").asLong());
    }
  }

  boolean hasMore() {
    return from + transactions.size() < head.transactions();
  }

  static BlockView of(JsonNode block, int from, boolean newest) {
    Map<String, Integer> kinds = new TreeMap<>();
    List<TransactionRow> rows = new ArrayList<>();
    int index = 0;
    for (JsonNode each : block.path("transactions")) {
      kinds.merge(each.path("kind").asText(), 1, Integer::sum);
      if (index >= from && index < from + PAGE) {
        rows.add(TransactionRow.of(each));
      }
      index++;
    }
    List<Offence> offences = new ArrayList<>();
    block
        .path("offences")
        .forEach(
            each ->
                offences.add(
                    new Offence(
                        each.path("kind").asText(),
                        each.path("height").asLong(),
                        each.path("validator").asLong())));
    return new BlockView(
        head(block, index),
        new Hashes(
            block.path("id").asText(),
            block.path("parent").asText(),
            block.path("transactionRoot").asText(),
            block.path("stateRoot").asText()),
        votes(block.path("votes")),
        List.copyOf(offences),
        kinds,
        List.copyOf(rows),
        from,
        newest);
  }

  private static LedgerView.BlockRow head(JsonNode block, int transactions) {
    return new LedgerView.BlockRow(
        block.path("height").asLong(),
        block.path("time").asText(),
        block.path("proposerName").asText(block.path("proposer").asText()),
        block.path("round").asText(""),
        transactions,
        block.path("evidence").asLong());
  }

  private static Votes votes(JsonNode votes) {
    List<Vote> all = new ArrayList<>();
    long signed = 0;
    long total = 0;
    for (JsonNode each : votes) {
      Vote vote =
          new Vote(
              each.path("institution").asText(),
              each.path("stake").asLong(),
              each.path("signed").asBoolean());
      all.add(vote);
      total += vote.stake();
      signed += vote.signed() ? vote.stake() : 0;
    }
    return new Votes(List.copyOf(all), signed, total);
  }
}
