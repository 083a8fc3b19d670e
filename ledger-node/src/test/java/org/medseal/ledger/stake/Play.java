package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.model.TlsProof;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** A membership played block by block, a second apart; a block may leave out precommits. */
final class Play {
  /** Epochs of four blocks; a minute to unbond and to vote, ten seconds of jail. */
  static final StakeParameters RULES = new StakeParameters(4, 60_000, 5, 10, 8, 10_000, 60_000);

  /** The first issues and opens; the second and the third are custodians. */
  private static final Offices OFFICES =
      new Offices(
          Set.of("h1"),
          List.of(
              new CustodianKey("h2", Bytes.of(new byte[] {2})),
              new CustodianKey("h3", Bytes.of(new byte[] {3}))),
          List.of());

  private Membership membership;
  private long height;
  private long timeMs = 1_000_000;

  private Play(Membership membership) {
    this.membership = membership;
  }

  static Play of(int capPercent, long... stakes) {
    return of(capPercent, RULES, stakes);
  }

  static Play of(int capPercent, StakeParameters rules, long... stakes) {
    List<Institution> institutions = new ArrayList<>();
    for (int i = 0; i < stakes.length; i++) {
      institutions.add(institution(i + 1, stakes[i]));
    }
    Parameters parameters =
        new Parameters(0, capPercent, 1024, 1 << 20, 100, 2).with(capPercent, rules);
    return new Play(
        Membership.of(
            new Genesis(
                "chain",
                1_000_000,
                institutions,
                Bytes.empty(),
                Bytes.empty(),
                List.of(),
                List.of(),
                "h1",
                "h1",
                new CustodianSet(1, List.of(new CustodianKey("h1", filled(65, 1)))),
                parameters)));
  }

  static Institution institution(int number, long stake) {
    return new Institution(
        "h" + number,
        filled(32, 100 + number),
        filled(65, number),
        key(number),
        new Hash(filled(32, number)),
        "h" + number + ":1",
        stake);
  }

  /** Of an application that nobody looks into here. */
  static MembershipChange.Admission admission(Institution institution) {
    Bytes proof = filled(64, 1);
    return new MembershipChange.Admission(
        institution, proof, proof, new TlsProof(filled(65, 4), proof));
  }

  static Action.NodeMove move(Hash tlsPin, String peerAddress) {
    return new Action.NodeMove(tlsPin, peerAddress, new TlsProof(filled(65, 4), filled(64, 1)));
  }

  static Bytes key(int number) {
    return filled(32, number);
  }

  static Bytes filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  Membership now() {
    return membership;
  }

  long height() {
    return height;
  }

  long timeMs() {
    return timeMs;
  }

  Stake stake(int number) {
    return membership.stake("h" + number);
  }

  /** In force at that height. */
  ValidatorSet set(long atHeight) {
    return membership.sets().at(atHeight);
  }

  long votes(int number, long atHeight) {
    return NextSet.votesOf("h" + number, set(atHeight));
  }

  Optional<String> refusal(int number, Action action) {
    return MembershipRules.refusal("h" + number, action, membership, timeMs, OFFICES);
  }

  /** In the block to come; it must be allowed. */
  Play does(int number, Action action) {
    Optional<String> refusal = refusal(number, action);
    if (refusal.isPresent()) {
      throw new AssertionError(refusal.get());
    }
    membership = membership.after("h" + number, action);
    return this;
  }

  boolean tries(int number, Action action) {
    if (refusal(number, action).isPresent()) {
      return false;
    }
    membership = membership.after("h" + number, action);
    return true;
  }

  Hash proposes(int number, MembershipChange change) {
    Hash id = new Hash(filled(32, 200 + membership.governance().cases().size()));
    Action.GovernanceProposal proposal = new Action.GovernanceProposal(change);
    Optional<String> refusal = refusal(number, proposal);
    if (refusal.isPresent()) {
      throw new AssertionError(refusal.get());
    }
    membership = membership.proposed(id, "h" + number, timeMs + 1000, proposal);
    return id;
  }

  Play votes(Hash proposal, int... numbers) {
    for (int number : numbers) {
      does(number, new Action.GovernanceVote(proposal, true));
    }
    return this;
  }

  GovernanceCase.State outcome(Hash proposal) {
    return membership.governance().find(proposal).orElseThrow().state();
  }

  Play block() {
    return block(Set.of(), List.of());
  }

  /** With everybody's precommit for the block before, but of those. */
  Play blockWithout(int... missing) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(missing).forEach(each -> names.add("h" + each));
    return block(names, List.of());
  }

  Play blockWith(Evidence... evidence) {
    return block(Set.of(), List.of(evidence));
  }

  private Play block(Set<String> missing, List<Evidence> evidence) {
    height++;
    timeMs += 1000;
    Optional<CommitCertificate> lastCommit =
        height == 1 ? Optional.empty() : Optional.of(certificate(height - 1, missing));
    int proposer = proposer(missing);
    BlockHeader header =
        new BlockHeader(
            1, "chain", height, timeMs, Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO,
            Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO, proposer);
    membership =
        BlockEnd.of(membership, new Block(header, List.of(), lastCommit, evidence), OFFICES)
            .membership();
    return this;
  }

  /** The first that is not missing. */
  private int proposer(Set<String> missing) {
    return set(height).validators().stream()
        .filter(each -> !missing.contains(each.institution()))
        .findFirst()
        .map(Validator::index)
        .orElse(0);
  }

  private CommitCertificate certificate(long of, Set<String> missing) {
    return new CommitCertificate(
        of,
        0,
        Hash.ZERO,
        set(of).validators().stream()
            .filter(each -> !missing.contains(each.institution()))
            .map(each -> new CommitSignature(each.index(), filled(64, 1)))
            .toList());
  }

  Play blocks(int count) {
    IntStream.range(0, count).forEach(each -> block());
    return this;
  }

  /** Up to and with the block that is the next edge. */
  Play toEdge() {
    do {
      block();
    } while (height % membership.policy().stake().epochBlocks() != 0);
    return this;
  }

  /** Two votes of whoever had the index at that height. */
  static Evidence equivocation(long height, int index) {
    return new Evidence.DuplicateVote(vote(height, index, 1), vote(height, index, 2));
  }

  private static Vote vote(long height, int index, int value) {
    return new Vote(
        VoteType.PREVOTE,
        height,
        0,
        Optional.of(new Hash(filled(32, value))),
        index,
        filled(64, value));
  }
}
