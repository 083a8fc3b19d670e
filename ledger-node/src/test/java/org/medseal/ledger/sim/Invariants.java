package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;

/** The law: what all correct nodes' disks and words are checked against after every step. */
final class Invariants {
  private final Genesis genesis;
  private final int liar;
  private final List<StoredBlock> chain = new ArrayList<>();
  private final Map<Long, Hash> roots = new HashMap<>();
  private final Map<Long, ValidatorSet> sets = new HashMap<>();
  private final Set<Hash> transactions = new HashSet<>();
  private final Map<String, String> said = new HashMap<>();
  private int evidenceSeen;

  Invariants(Genesis genesis, int liar) {
    this.genesis = genesis;
    this.liar = liar;
    sets.put(1L, SimApplication.validators(genesis, 0));
    sets.put(2L, SimApplication.validators(genesis, 0));
  }

  Set<Hash> committed() {
    return transactions;
  }

  long height() {
    return chain.size();
  }

  int evidenceSeen() {
    return evidenceSeen;
  }

  /** I3: one proposal, prevote, precommit per height and round, across crashes. */
  void onSaid(int node, PeerMessage message) {
    if (message instanceof VoteMessage sent && sent.vote().validator() == node) {
      Vote vote = sent.vote();
      once(
          node + " " + vote.type() + " " + vote.height() + "/" + vote.round(),
          vote.blockId().map(Hash::hex).orElse("nil"));
    } else if (message instanceof ProposalMessage sent && sent.proposal().proposer() == node) {
      Proposal proposal = sent.proposal();
      once(
          node + " PROPOSAL " + proposal.height() + "/" + proposal.round(),
          proposal.blockId().hex() + proposal.validRound());
    }
  }

  private void once(String slot, String word) {
    String before = said.putIfAbsent(slot, word);
    require(before == null || before.equals(word), "I3: signed twice in " + slot);
  }

  void audit(SimNode node) {
    for (; node.audited < node.disk.blocks.height(); node.audited++) {
      StoredBlock stored = node.disk.blocks.block(node.audited + 1).orElseThrow();
      if (stored.height() > chain.size()) {
        extend(stored);
      } else {
        Hash known = chain.get((int) stored.height() - 1).certificate().blockId();
        require(
            known.equals(Blocks.id(stored.block().header())),
            "I1: two blocks decided at height " + stored.height());
        requireProof(stored);
      }
    }
    long height = node.disk.application.height;
    if (height > 0) {
      Hash before = roots.putIfAbsent(height, node.disk.application.root);
      require(
          before == null || before.equals(node.disk.application.root),
          "I6: state roots differ at height " + height);
      require(height <= node.disk.blocks.height(), "I6: the application is ahead of its blocks");
    }
    require(node.disk.log.size() < 50_000, "I8: the log of a height grows without bound");
  }

  private void extend(StoredBlock stored) {
    long height = stored.height();
    var header = stored.block().header();
    require(height == chain.size() + 1, "I5: a height is missing");
    Optional<StoredBlock> parent =
        chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1));
    parent.ifPresent(
        each -> {
          require(each.certificate().blockId().equals(header.parent()), "I5: parent");
          require(each.block().header().timeMs() < header.timeMs(), "I5: time");
          require(roots.get(each.height()).equals(header.stateRoot()), "I5: state root");
        });
    require(header.height() == height, "I5: height");
    require(
        header.validatorsHash().equals(Blocks.validatorsHash(sets.get(height)))
            && header.nextValidatorsHash().equals(Blocks.validatorsHash(sets.get(height + 1))),
        "I10: validators of height " + height);
    requireProof(stored);
    stored
        .block()
        .transactions()
        .forEach(each -> require(transactions.add(each.id()), "committed twice: " + each.id()));
    stored.block().evidence().forEach(this::requireGuilty);
    boolean changes = stored.block().transactions().stream().anyMatch(SimApplication::changesStake);
    sets.put(
        height + 2, changes ? SimApplication.validators(genesis, height) : sets.get(height + 1));
    chain.add(stored);
    roots.put(height, rootAfter(stored));
  }

  private Hash rootAfter(StoredBlock stored) {
    Hash root = stored.height() == 1 ? Hash.ZERO : roots.get(stored.height() - 1);
    for (var each : stored.block().transactions()) {
      root = Hash.of(SimKeys.sha256(root.toArray(), each.id().toArray()));
    }
    return root;
  }

  /** I2 and I5, computed apart from the engine. */
  private void requireProof(StoredBlock stored) {
    ValidatorSet set = sets.get(stored.height());
    Set<Integer> counted = new HashSet<>();
    long power = 0;
    for (CommitSignature each : stored.certificate().signatures()) {
      Vote vote = Votes.precommit(stored.certificate(), each);
      require(counted.add(each.validator()), "I2: counted twice");
      require(
          SimKeys.CHECK.verify(
              set.get(each.validator()).key(),
              Votes.signBytes(SimGenesis.CHAIN, vote),
              each.signature()),
          "I5: certificate signature");
      power += set.get(each.validator()).stake();
    }
    require(3 * power > 2 * set.totalStake(), "I5: certificate of two thirds or less");
  }

  private void requireGuilty(Evidence evidence) {
    int accused =
        evidence instanceof Evidence.DuplicateVote duplicate
            ? duplicate.first().validator()
            : ((Evidence.DuplicateProposal) evidence).first().proposer();
    require(accused == liar, "I9: evidence against honest validator " + accused);
    evidenceSeen++;
  }

  static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
