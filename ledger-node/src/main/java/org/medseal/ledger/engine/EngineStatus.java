package org.medseal.ledger.engine;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.model.Hash;

/**
 * Where the engine stands.
 *
 * @param height last committed
 * @param round of the height being decided
 * @param step PROPOSE, PREVOTE, PRECOMMIT, IDLE while there is nothing to decide, or STOPPED of an
 *     engine that does not run
 */
public record EngineStatus(
    long height,
    Hash blockId,
    int round,
    String step,
    Waiting waiting,
    int pending,
    List<Peer> peers) {
  public EngineStatus {
    peers = List.copyOf(peers);
  }

  /** Of an engine that says no more than one sentence. */
  public EngineStatus(
      long height,
      Hash blockId,
      int round,
      String step,
      String waitingFor,
      int pending,
      List<Peer> peers) {
    this(
        height,
        blockId,
        round,
        step,
        new Waiting(Cause.UNKNOWN, waitingFor, Quorum.NONE, List.of()),
        pending,
        peers);
  }

  /** One sentence: what it waits for and who has to act. */
  public String waitingFor() {
    return waiting.sentence();
  }

  /** The same with another thing to be seen. */
  public EngineStatus warning(String another) {
    return new EngineStatus(height, blockId, round, step, waiting.warning(another), pending, peers);
  }

  /** The same with a peer that is refused, for this reason; a thing to be seen, too. */
  public EngineStatus refused(String institution, String why) {
    List<Peer> told =
        peers.stream()
            .map(each -> each.institution().equals(institution) ? each.refused(why) : each)
            .toList();
    return new EngineStatus(height, blockId, round, step, waiting, pending, told)
        .warning(institution + " is refused: " + why);
  }

  /** Why nothing is committed at this moment, for programs. */
  public enum Cause {
    NOTHING_PENDING,
    COLLECTING,
    NO_QUORUM_CONNECTED,
    PROPOSER,
    PROPOSAL_REFUSED,
    OWN_CLOCK,
    VOTES,
    VOTES_SPLIT,
    SYNCING,
    BLOCK_MISSING,
    SILENT,
    TRUST_PERIOD,
    DISK,
    BUSY,
    STOPPED,
    UNKNOWN;

    /** Whether this node takes no part in deciding, whatever the others do. */
    public boolean isOut() {
      return switch (this) {
        case OWN_CLOCK, SILENT, TRUST_PERIOD, DISK, STOPPED -> true;
        default -> false;
      };
    }
  }

  /**
   * The answer to "why is it not committing".
   *
   * @param sentence for people, naming institutions
   * @param warnings what is wrong here and should be seen even while blocks are committed
   */
  public record Waiting(Cause cause, String sentence, Quorum quorum, List<String> warnings) {
    public Waiting {
      warnings = List.copyOf(warnings);
    }

    /** The same with another thing to be seen. */
    public Waiting warning(String another) {
      List<String> all = new ArrayList<>(warnings);
      all.add(another);
      return new Waiting(cause, sentence, quorum, all);
    }
  }

  /**
   * In stake units, of the height being decided.
   *
   * @param needed least stake that decides
   * @param heard stake of this node and of those heard from not long ago
   * @param prevoted stake that has prevoted in the present round, for whatever
   * @param precommitted the same of precommits
   */
  public record Quorum(long total, long needed, long heard, long prevoted, long precommitted) {
    public static final Quorum NONE = new Quorum(0, 0, 0, 0, 0);
  }

  /**
   * Another institution's node as this one sees it.
   *
   * @param height last one it told of; -1 before it spoke
   * @param round of the height after, as last heard; -1 before it spoke
   * @param step as last heard; empty before it spoke
   * @param lastSeenMs age of its last message; -1 before it spoke
   * @param refused one sentence why it is not let in; empty for who may be connected
   */
  public record Peer(
      String institution,
      boolean connected,
      long height,
      int round,
      String step,
      long lastSeenMs,
      Standing standing,
      String refused) {
    /** Of a node that has not told where it stands. */
    public Peer(String institution, boolean connected, long height, long lastSeenMs) {
      this(institution, connected, height, -1, "", lastSeenMs, Standing.NONE, "");
    }

    Peer refused(String why) {
      return new Peer(institution, connected, height, round, step, lastSeenMs, standing, why);
    }
  }

  /**
   * Its part in the height being decided.
   *
   * @param stake 0 of one that does not vote at this height
   * @param prevoted whether its prevote of the present round is here
   * @param precommitted whether its precommit of the present round is here
   */
  public record Standing(long stake, boolean prevoted, boolean precommitted) {
    public static final Standing NONE = new Standing(0, false, false);
  }
}
