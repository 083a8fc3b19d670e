package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.medseal.pages.plot.Plot;

/** Who votes with how much, and how the right to propose is competed for. */
record ValidatorsView(
    Plot stake, List<Turn> turns, String height, List<Account> accounts, Group group, Rules rules) {

  /** The competition for one height. */
  record Turn(long height, List<Contender> contenders, Outcome outcome) {
    static Turn of(JsonNode turn) {
      List<Contender> contenders = new ArrayList<>();
      String winner = turn.path("winner").asText();
      long best = Long.MIN_VALUE;
      long paid = 0;
      for (JsonNode each : turn.path("contenders")) {
        boolean wins = each.path("institution").asText().equals(winner);
        contenders.add(
            new Contender(
                each.path("institution").asText(),
                each.path("stake").asLong(),
                each.path("before").asLong(),
                each.path("gained").asLong(),
                each.path("after").asLong(),
                wins));
        if (wins) {
          best = each.path("gained").asLong();
          paid = best - each.path("after").asLong();
        }
      }
      long highest = best;
      long equals = contenders.stream().filter(each -> each.gained() == highest).count();
      JsonNode decided = turn.path("decided");
      return new Turn(
          turn.path("height").asLong(),
          List.copyOf(contenders),
          new Outcome(
              winner,
              best,
              paid,
              equals,
              decided.path("round").asText(""),
              decided.path("proposer").asText("")));
    }
  }

  /** Priorities in stake units: when the height began, with the stake added, after the payment. */
  record Contender(
      String institution, long stake, long before, long gained, long after, boolean wins) {}

  /**
   * Who won and why, and what came of it.
   *
   * @param equals how many have the winner's priority
   * @param round in which the block was decided; empty while it is not
   */
  record Outcome(
      String winner, long priority, long paid, long equals, String round, String proposer) {
    boolean isDecided() {
      return !round.isEmpty();
    }
  }

  /** Stake of an institution, in units. */
  record Account(
      String institution, String state, long votes, Units units, String jailedUntil, long missed) {
    static Account of(JsonNode stake) {
      return new Account(
          stake.path("institution").asText(),
          stake.path("state").asText(),
          stake.path("votes").asLong(),
          new Units(
              stake.path("granted").asLong(),
              stake.path("free").asLong(),
              stake.path("bonded").asLong(),
              stake.path("leaving").asLong(),
              stake.path("slashed").asLong()),
          stake.path("jailedUntil").asText(),
          stake.path("missedBlocks").asLong());
    }

    String tone() {
      return switch (state) {
        case "ACTIVE" -> "ok";
        case "JAILED", "TOMBSTONED", "REMOVED" -> "bad";
        default -> "";
      };
    }
  }

  record Units(long granted, long free, long bonded, long leaving, long slashed) {}

  /** Who can sign records. */
  record Group(long epoch, long members, boolean anonymous) {}

  /** For stake, as in force. */
  record Rules(
      long capPercent, long epochBlocks, long missedBlocks, long windowBlocks, long slashPercent) {
    static Rules of(JsonNode rules) {
      return new Rules(
          rules.path("stakeCapPercent").asLong(),
          rules.path("epochBlocks").asLong(),
          rules.path("downtimeMissedBlocks").asLong(),
          rules.path("downtimeWindowBlocks").asLong(),
          rules.path("slashPercent").asLong());
    }
  }
}
