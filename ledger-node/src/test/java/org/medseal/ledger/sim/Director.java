package org.medseal.ledger.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.VoteType;

/**
 * An adversary who rules the network round by round. One validator hears the offer too late and
 * votes nil; with its word everybody has a quorum of votes, but whoever misses one more vote has
 * none for the block. So one alone locks, or decides, and the others go on; what was held back
 * comes in the midst of a later round.
 */
final class Director {
  private static final int NOBODY = -1;
  private static final int SHORTEST_MS = 400;
  private static final int LONGEST_MS = 2_500;

  private final int percent;
  private final Random random;
  private final Sightings sightings;
  private final Map<Round, Scene> scenes = new HashMap<>();
  private final Set<Integer> hosts = new HashSet<>();

  private record Round(long height, int round) {}

  /** What a round is about. */
  private enum Plot {
    OPEN,
    ONE_LOCKS,
    NOBODY_LOCKS,
    ONE_DECIDES,
    NOBODY_DECIDES,
    ONE_IS_LEFT_BEHIND,
    OFFER_FOR_SOME
  }

  /**
   * @param favoured hears everything, or when left behind no prevote; -1 if there is none
   * @param late hears the offer late; -1 where somebody votes nil anyway, for its lock
   * @param among how many there are
   */
  private record Scene(Plot plot, int favoured, int late, int among, long untilMs) {
    boolean holdsBack(int host, PeerMessage message) {
      boolean offer = message instanceof ProposalMessage;
      return switch (plot) {
        case OPEN -> false;
        case ONE_LOCKS, NOBODY_LOCKS ->
            offer ? host == late : misses(host, message, VoteType.PREVOTE);
        case ONE_DECIDES, NOBODY_DECIDES ->
            offer ? host == late : misses(host, message, VoteType.PRECOMMIT);
        case ONE_IS_LEFT_BEHIND ->
            offer ? host == late : host == favoured && isVote(message, VoteType.PREVOTE, -1);
        case OFFER_FOR_SOME -> offer && host % 2 == late % 2;
      };
    }

    /** One vote, of somebody who is not late. */
    private boolean misses(int host, PeerMessage message, VoteType type) {
      int unheard = (host + 1) % among == late ? (host + 2) % among : (host + 1) % among;
      return host != favoured && isVote(message, type, unheard);
    }

    private static boolean isVote(PeerMessage message, VoteType type, int by) {
      return message instanceof VoteMessage sent
          && sent.vote().type() == type
          && (by < 0 || sent.vote().validator() == by);
    }
  }

  /**
   * @param percent of rounds that are directed
   */
  Director(int percent, Random random, Sightings sightings) {
    this.percent = percent;
    this.random = random;
    this.sightings = sightings;
  }

  /** When this host may hear a message, in virtual time; a time past if at once. */
  long heldUntilMs(SimNode to, PeerMessage message, long nowMs) {
    hosts.add(to.host);
    if (percent == 0) {
      return 0;
    }
    Round round;
    if (message instanceof VoteMessage sent) {
      round = new Round(sent.vote().height(), sent.vote().round());
    } else if (message instanceof ProposalMessage sent) {
      round = new Round(sent.proposal().height(), sent.proposal().round());
    } else {
      return 0;
    }
    Scene scene = scenes.computeIfAbsent(round, key -> draw(nowMs));
    return scene.untilMs() > nowMs && scene.holdsBack(to.host, message) ? scene.untilMs() : 0;
  }

  private Scene draw(long nowMs) {
    if (random.nextInt(100) >= percent) {
      return new Scene(Plot.OPEN, NOBODY, NOBODY, 0, 0);
    }
    Plot plot =
        random.nextBoolean()
            ? Plot.ONE_LOCKS
            : Plot.values()[1 + random.nextInt(Plot.values().length - 1)];
    sightings.saw(Sight.PLOTS);
    int drawn = random.nextInt(hosts.size());
    int late = plot == Plot.ONE_LOCKS && random.nextBoolean() ? NOBODY : drawn;
    int other = (drawn + 1 + random.nextInt(Math.max(1, hosts.size() - 1))) % hosts.size();
    boolean nobody = plot == Plot.NOBODY_LOCKS || plot == Plot.NOBODY_DECIDES;
    long untilMs = nowMs + SHORTEST_MS + random.nextInt(LONGEST_MS - SHORTEST_MS);
    return new Scene(plot, nobody ? NOBODY : other, late, hosts.size(), untilMs);
  }
}
