package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.OfferMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StemMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.sim.StemWorld.Said;

/**
 * How well a coalition of k institutions that pool all they hear at once, and otherwise follow the
 * protocol, can name the author of a record. Whole engines in virtual time; {@code
 * -Dmedseal.anonymity.worlds=N} runs more. Numbers in docs/anonymity.md.
 */
class AnonymityTest {
  private static final int WORLDS = Integer.getInteger("medseal.anonymity.worlds", 6);
  private static final int RECORDS = 25;

  /**
   * Shares of the records.
   *
   * @param gossip the first to gossip it is its author
   * @param firstSpy the first to send it to the coalition in any way is its author
   * @param informed the guess of a coalition that knows the protocol is right: whoever handed it on
   *     along the stem, or else anybody but who gossiped it first
   */
  record Shares(double gossip, double firstSpy, double informed) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%5.1f %% | %5.1f %% | %5.1f %%",
          100 * gossip,
          100 * firstSpy,
          100 * informed);
    }
  }

  @Test
  void theFirstToGossipARecordIsHardlyEverItsAuthorAndWithoutAStemNearlyAlways() {
    StringBuilder table = new StringBuilder();
    for (int size : new int[] {4, 7, 10}) {
      for (int spies = 1; spies <= (size - 1) / 3 + 1; spies++) {
        Shares without = measure(size, spies, false);
        Shares with = measure(size, spies, true);
        table.append(String.format("%n%2d | %d | no  | %s", size, spies, without));
        table.append(String.format("%n%2d | %d | yes | %s", size, spies, with));
        double caughtAtOnce = (double) spies / (size - 1);
        assertThat(without.gossip()).isGreaterThan(0.8);
        assertThat(with.gossip())
            .as("an echo: the author proposes what it has just heard from the gossiper")
            .isLessThan(0.5 / (size - spies));
        assertThat(with.informed())
            .as("%s spies among %s: hardly more than those whose successor is a spy", spies, size)
            .isLessThan(caughtAtOnce + (1 - caughtAtOnce) / 2 + 0.2);
      }
    }
    System.out.println(
        " n | k | stem | first gossiper | first to tell a spy | informed guess" + table);
  }

  private static Shares measure(int size, int spies, boolean stem) {
    List<Observation> all = new ArrayList<>();
    for (int seed = 0; seed < WORLDS; seed++) {
      all.addAll(observe(size, spies, stem, seed));
    }
    int honest = size - spies;
    return new Shares(
        share(all, each -> isRight(each.gossiper(), each)),
        share(all, each -> isRight(each.first(), each)),
        share(all, each -> stem ? informed(each, honest) : isRight(each.first(), each)));
  }

  /** Probability that the guess is right. */
  private static double informed(Observation each, int honest) {
    if (each.firstByStem()) {
      return isRight(each.first(), each);
    }
    return each.first() == each.author() ? 0 : 1.0 / (honest - 1);
  }

  private static double isRight(int guess, Observation each) {
    return guess == each.author() ? 1 : 0;
  }

  private interface Score {
    double of(Observation each);
  }

  private static double share(List<Observation> all, Score score) {
    return all.stream().mapToDouble(score::of).average().orElseThrow();
  }

  /** What a coalition has of one record: honest nodes that first sent it. */
  private record Observation(int author, int first, boolean firstByStem, int gossiper) {}

  private static List<Observation> observe(int size, int spies, boolean stem, int seed) {
    StemWorld world = new StemWorld(size, 1_000L * size + seed);
    world.keepsAll = false;
    int honest = size - spies;
    Random random = new Random(seed);
    Map<Hash, Integer> authors = new HashMap<>();
    for (int i = 0; i < RECORDS; i++) {
      IdentifiedTransaction each =
          stem ? StemWorld.record(seed * RECORDS + i) : SimGenesis.transaction(i, false);
      int author = random.nextInt(honest);
      authors.put(each.id(), author);
      world.nodes.get(author).core.submit(each);
      world.run(random.nextInt(200));
    }
    world.run(60_000);
    Map<Hash, Said> first = new HashMap<>();
    Map<Hash, Said> gossip = new HashMap<>();
    for (Said said : world.said) {
      if (said.to() >= honest && said.from() < honest) {
        boolean isPublic = !(said.message() instanceof StemMessage);
        ids(said.message()).forEach(id -> first.putIfAbsent(id, said));
        ids(said.message()).filter(id -> isPublic).forEach(id -> gossip.putIfAbsent(id, said));
      }
    }
    List<Observation> observations = new ArrayList<>();
    authors.forEach(
        (id, author) ->
            observations.add(
                new Observation(
                    author,
                    first.get(id).from(),
                    first.get(id).message() instanceof StemMessage,
                    gossip.containsKey(id) ? gossip.get(id).from() : -1)));
    return observations;
  }

  private static Stream<Hash> ids(PeerMessage message) {
    if (message instanceof StemMessage stem) {
      return stem.transactions().stream().map(IdentifiedTransaction::id);
    }
    if (message instanceof TransactionsMessage gossip) {
      return gossip.transactions().stream().map(IdentifiedTransaction::id);
    }
    if (message instanceof OfferMessage offer) {
      return offer.ids().stream();
    }
    return message instanceof ProposalMessage proposal
        ? proposal.block().transactions().stream().map(IdentifiedTransaction::id)
        : Stream.empty();
  }
}
