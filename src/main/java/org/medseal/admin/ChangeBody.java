package org.medseal.admin;

import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.genesis.InstitutionShape;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.MembershipChange.Admission;
import org.medseal.ledger.model.MembershipChange.Removal;
import org.medseal.ledger.model.MembershipChange.StakeGrant;
import org.medseal.ledger.model.MembershipChange.StakeRules;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.StakeParameters;

/** A change as a person asks for it. */
final class ChangeBody {
  private ChangeBody() {}

  /**
   * @param present rules, which stay where the body names no others
   */
  static MembershipChange read(Exchange exchange, Parameters present) {
    JsonBody body =
        exchange.body(
            "kind",
            "institution",
            "units",
            "application",
            "stakeCapPercent",
            "epochBlocks",
            "unbondingMs",
            "slashPercent",
            "downtimeWindowBlocks",
            "downtimeMissedBlocks",
            "jailMs",
            "votingMs");
    String kind = body.text("kind");
    return switch (kind) {
      case "STAKE_GRANT" -> new StakeGrant(institution(body), body.number("units"));
      case "ADMISSION" -> admission(body.text("application"));
      case "REMOVAL" -> new Removal(institution(body));
      case "STAKE_RULES" -> rules(body, present);
      default -> throw refused("'kind' is STAKE_GRANT, ADMISSION, REMOVAL or STAKE_RULES.");
    };
  }

  private static String institution(JsonBody body) {
    String name = body.text("institution");
    if (!InstitutionShape.isName(name)) {
      throw refused("'institution' is not the name of one.");
    }
    return name;
  }

  private static MembershipChange rules(JsonBody body, Parameters present) {
    StakeParameters stake = present.stake();
    return new StakeRules(
        small(body, "stakeCapPercent", present.stakeCapPercent()),
        new StakeParameters(
            small(body, "epochBlocks", stake.epochBlocks()),
            number(body, "unbondingMs", stake.unbondingMs()),
            small(body, "slashPercent", stake.slashPercent()),
            small(body, "downtimeWindowBlocks", stake.downtimeWindowBlocks()),
            small(body, "downtimeMissedBlocks", stake.downtimeMissedBlocks()),
            number(body, "jailMs", stake.jailMs()),
            number(body, "votingMs", stake.votingMs())));
  }

  private static long number(JsonBody body, String field, long otherwise) {
    return body.has(field) ? body.number(field) : otherwise;
  }

  private static int small(JsonBody body, String field, int otherwise) {
    long value = number(body, field, otherwise);
    if (value > Integer.MAX_VALUE) {
      throw refused("'" + field + "' is too large.");
    }
    return (int) value;
  }

  /** What {@code medseal ledger apply} wrote, in hexadecimal. */
  private static MembershipChange admission(String hex) {
    try {
      CanonicalReader in = new CanonicalReader(Bytes.fromHex(hex).toArray());
      MembershipChange change = MembershipActions.readChange(in);
      in.end();
      if (change instanceof Admission) {
        return change;
      }
    } catch (CodecException | IllegalArgumentException e) {
      throw refused("'application' is not what an institution that applies writes.");
    }
    throw refused("'application' asks for something else than admission.");
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
