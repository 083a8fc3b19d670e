package org.medseal.ledger.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.engine.embedded.PeerMessage.OfferMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StemMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.WantMessage;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.sim.StemWorld.Said;

/** Nobody who watches sees the author of a record gossip it, propose it or offer it first. */
class StemTest {
  private static final int AUTHOR = 0;

  @Test
  void aRecordIsGossipedFirstBySomebodyElseThanItsAuthor() {
    for (int seed = 0; seed < 60; seed++) {
      StemWorld world = new StemWorld(4 + seed % 4, seed);
      IdentifiedTransaction record = StemWorld.record(seed);
      assertThat(world.nodes.get(AUTHOR).core.submit(record).isOk()).isTrue();
      world.run(120_000);
      assertThat(world.isCommittedEverywhere(record)).as("seed %s", seed).isTrue();
      assertThat(world.said(publicly(record.id())).get(0).from())
          .as("seed %s", seed)
          .isNotEqualTo(AUTHOR);
    }
  }

  @Test
  void whatASuccessorHoldsBackTakesAnotherWayAndTheAuthorStillDoesNotGossipIt() {
    for (int seed = 0; seed < 60; seed++) {
      StemWorld world = new StemWorld(4, seed);
      IdentifiedTransaction first = StemWorld.record(1);
      world.nodes.get(AUTHOR).core.submit(first);
      world.run(60);
      int successor = world.said(StemTest::isFromAuthor).get(0).to();
      world.lost = each -> each.to() == successor && each.message() instanceof StemMessage;
      IdentifiedTransaction held = StemWorld.record(2);
      world.nodes.get(AUTHOR).core.submit(held);
      world.run(300_000);
      assertThat(world.isCommittedEverywhere(held)).as("seed %s", seed).isTrue();
      assertThat(world.said(publicly(held.id())).get(0).from()).isNotEqualTo(AUTHOR);
      assertThat(world.said(StemTest::isFromAuthor).stream().map(Said::to)).contains(successor);
      assertThat(world.said(carrying(held.id()).and(StemTest::isFromAuthor)))
          .allMatch(each -> each.to() != successor);
    }
  }

  @Test
  void aRecordNobodyHasGossipedIsNotProposedByItsAuthor() {
    StemWorld world = new StemWorld(4, 3);
    world.lost = each -> each.message() instanceof StemMessage;
    IdentifiedTransaction record = StemWorld.record(1);
    world.nodes.get(AUTHOR).core.submit(record);
    for (int i = 0; i < 8; i++) { // heights, so that the author proposes some
      world.nodes.get(1).core.submit(SimGenesis.transaction(i, false));
      world.run(1_000);
    }
    Set<Integer> proposers =
        world.said(each -> each.message() instanceof ProposalMessage).stream()
            .map(Said::from)
            .collect(Collectors.toSet());
    assertThat(proposers).contains(AUTHOR);
    assertThat(world.said(publicly(record.id()))).isEmpty();
    assertThat(world.nodes.get(AUTHOR).core.isPending(record.id())).isTrue();
  }

  @Test
  void everythingFromOneNodeGoesToOneSuccessorWhoeverWroteIt() {
    StemWorld world = new StemWorld(7, 11);
    world.lost = each -> each.message() instanceof TransactionsMessage; // embargoes do not matter
    for (int i = 0; i < 70; i++) {
      world.nodes.get(i % 7).core.submit(StemWorld.record(i));
      world.run(20);
    }
    for (int node = 0; node < 7; node++) {
      int from = node;
      List<Integer> successors = new ArrayList<>();
      world.said(each -> each.message() instanceof StemMessage && each.from() == from).stream()
          .map(Said::to)
          .distinct()
          .forEach(successors::add);
      assertThat(successors)
          .as("one successor, and one detour for what comes round")
          .hasSizeBetween(1, 2);
    }
  }

  @Test
  void afterARestartTheSameBytesGoAlongTheStemAgain() {
    StemWorld world = new StemWorld(4, 5);
    Predicate<Said> stems = each -> each.message() instanceof StemMessage;
    world.lost = stems;
    IdentifiedTransaction record = StemWorld.record(1);
    world.nodes.get(AUTHOR).core.submit(record);
    world.run(500);
    world.lost = each -> false;
    world.restart(AUTHOR);
    world.run(500);
    assertThat(world.nodes.get(AUTHOR).core.isPending(record.id())).isFalse();
    world.nodes.get(AUTHOR).core.submit(record);
    world.run(120_000);
    assertThat(world.said(stems.and(carrying(record.id())).and(StemTest::isFromAuthor)))
        .isNotEmpty();
    assertThat(world.said(publicly(record.id())).get(0).from()).isNotEqualTo(AUTHOR);
    assertThat(world.isCommittedEverywhere(record)).isTrue();
  }

  @Test
  void afterTheCommitNothingLingers() {
    StemWorld world = new StemWorld(5, 8);
    for (int i = 0; i < 20; i++) {
      world.nodes.get(i % 5).core.submit(StemWorld.record(i));
    }
    world.run(120_000);
    for (int i = 0; i < 20; i++) {
      Hash id = StemWorld.record(i).id();
      assertThat(world.nodes).noneMatch(node -> node.core.isPending(id));
      assertThat(world.nodes).allMatch(node -> node.disk.application.committed.contains(id));
    }
    int before = world.said(each -> each.message() instanceof StemMessage).size();
    world.run(300_000);
    assertThat(world.said(each -> each.message() instanceof StemMessage)).hasSize(before);
  }

  @Test
  void aForgedRecordIsNotHandedOnAndItsSenderIsBanned() {
    StemWorld world = new StemWorld(4, 2);
    IdentifiedTransaction forged = StemWorld.record(1);
    world.forged.add(forged.id());
    world.nodes.get(1).core.onMessage(2, new StemMessage(List.of(forged)));
    assertThat(world.nodes.get(1).banned).containsExactly(2);
    assertThat(world.nodes.get(1).core.isBanned(2)).isTrue();
    world.run(30_000);
    assertThat(world.said(carrying(forged.id()).or(publicly(forged.id())))).isEmpty();
  }

  @Test
  void anInstitutionsBadSignatureIsNotHeldAgainstWhoPassedItOn() {
    StemWorld world = new StemWorld(4, 2);
    IdentifiedTransaction signed = SimGenesis.transaction(1, false);
    world.forged.add(signed.id());
    world.nodes.get(1).core.onMessage(2, new TransactionsMessage(List.of(signed)));
    assertThat(world.nodes.get(1).banned).as("its key may have been rotated there").isEmpty();
    assertThat(world.nodes.get(1).core.isPending(signed.id())).isFalse();
  }

  @Test
  void whatNamesItsAuthorHasNoPlaceOnAStem() {
    StemWorld world = new StemWorld(4, 2);
    world
        .nodes
        .get(1)
        .core
        .onMessage(2, new StemMessage(List.of(SimGenesis.transaction(1, false))));
    assertThat(world.nodes.get(1).banned).containsExactly(2);
  }

  @Test
  void aNodeOnTheStemAnswersNobodyWhoProbesForARecord() {
    StemWorld world = new StemWorld(4, 9);
    world.lost = each -> each.message() instanceof StemMessage;
    IdentifiedTransaction record = StemWorld.record(1);
    StemWorld.Node author = world.nodes.get(AUTHOR);
    author.core.submit(record);
    author.core.onMessage(2, new WantMessage(List.of(record.id())));
    author.core.onMessage(3, new OfferMessage(List.of(record.id())));
    world.run(100);
    assertThat(world.said(each -> each.from() == AUTHOR && isWant(each, record.id())))
        .as("asks like one that has never seen it")
        .hasSize(1);
    assertThat(world.said(publicly(record.id()))).isEmpty();
  }

  @Test
  void belowFourInstitutionsRecordsAreGossipedAtOnce() {
    StemWorld world = new StemWorld(3, 1);
    IdentifiedTransaction record = StemWorld.record(1);
    world.nodes.get(AUTHOR).core.submit(record);
    world.run(2_000);
    assertThat(world.said(each -> each.message() instanceof StemMessage)).isEmpty();
    assertThat(world.isCommittedEverywhere(record)).isTrue();
  }

  @Test
  void whatAnInstitutionSignsIsGossipedAtOnce() {
    StemWorld world = new StemWorld(4, 1);
    IdentifiedTransaction signed = SimGenesis.transaction(1, false);
    world.nodes.get(AUTHOR).core.submit(signed);
    world.run(2_000);
    assertThat(world.said(each -> each.message() instanceof StemMessage)).isEmpty();
    assertThat(world.said(publicly(signed.id())).get(0).from()).isEqualTo(AUTHOR);
  }

  @Test
  void lostGossipIsMadeUpForByOffers() {
    StemWorld world = new StemWorld(4, 6);
    IdentifiedTransaction signed = SimGenesis.transaction(1, false);
    world.lost =
        each ->
            each.message() instanceof ProposalMessage
                || (each.message() instanceof TransactionsMessage && each.to() == 2);
    world.nodes.get(AUTHOR).core.submit(signed);
    world.run(100);
    assertThat(world.nodes.get(2).core.isPending(signed.id())).isFalse();
    world.lost = each -> each.message() instanceof ProposalMessage;
    world.run(5_000);
    assertThat(world.nodes.get(2).core.isPending(signed.id())).isTrue();
    assertThat(
            world.said(
                each ->
                    each.to() == 2
                        && publicly(signed.id()).test(each)
                        && each.message() instanceof TransactionsMessage))
        .as("asked of one peer, sent once")
        .hasSize(1);
  }

  private static boolean isWant(Said each, Hash id) {
    return each.message() instanceof WantMessage want && want.ids().contains(id);
  }

  private static boolean isFromAuthor(Said each) {
    return each.message() instanceof StemMessage && each.from() == AUTHOR;
  }

  private static Predicate<Said> carrying(Hash id) {
    return each ->
        each.message() instanceof StemMessage stem
            && stem.transactions().stream().anyMatch(one -> one.id().equals(id));
  }

  /** Gossip, an offer or a proposal: what everybody may hear. */
  static Predicate<Said> publicly(Hash id) {
    return each -> {
      if (each.message() instanceof TransactionsMessage gossip) {
        return gossip.transactions().stream().anyMatch(one -> one.id().equals(id));
      }
      if (each.message() instanceof OfferMessage offer) {
        return offer.ids().contains(id);
      }
      return each.message() instanceof ProposalMessage proposal
          && proposal.block().transactions().stream().anyMatch(one -> one.id().equals(id));
    };
  }
}
