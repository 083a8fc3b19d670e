package org.medseal.ledger.engine.embedded;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessRequest;
import org.medseal.ledger.engine.embedded.SignState.SignSlot;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/**
 * Whether this validator may sign. After every start it first asks its peers what they hold of it
 * and where they stand, and signs once a quorum (itself included) has answered and it has caught up
 * with them: without that quorum nothing could be decided anyway, so a restart of everybody waits
 * for nothing more. A signature of its own above its sign-state, wherever it turns up, proves that
 * the disk is older than what was signed (or that a second copy runs): then it is silent until
 * {@value #QUIET_BLOCKS} blocks beyond the peers' tip show no such signature, or an operator
 * confirms. See ADR 012.
 */
final class SigningGate {
  /** The first closes the height the lost signatures can be of; the others would show a twin. */
  static final int QUIET_BLOCKS = 5;

  private static final int LAST_ROUND = Integer.MAX_VALUE;

  private final EngineSettings settings;
  private final Environment environment;
  private final Chain chain;
  private final SignatureCheck check;
  private final Inquiry inquiry;
  private OptionalInt previousIndex = OptionalInt.empty();
  private Stance stance = Stance.ASKING;
  private int quiet;
  private String reason = "";

  private enum Stance {
    ASKING,
    SILENT,
    OPEN
  }

  SigningGate(
      EngineSettings settings,
      Environment environment,
      Application application,
      Chain chain,
      SignatureCheck check) {
    this.settings = settings;
    this.environment = environment;
    this.chain = chain;
    this.check = check;
    this.inquiry = new Inquiry(environment, chain, application, this::self);
  }

  /** Once the chain has been recovered. */
  void start() {
    if (environment.silence().kind() == SilenceMark.Kind.SILENT) {
      stance = Stance.SILENT;
      reason = "this ledger was restored or set back, and stays silent until it is safe to sign";
    }
    consider();
  }

  /** What is to be signed now may be signed soon: keep it. */
  boolean isWaiting() {
    return stance == Stance.ASKING;
  }

  boolean isOpen() {
    return stance == Stance.OPEN;
  }

  /** Why nothing is signed; empty when it is, or when there is nothing for this node to sign. */
  Optional<String> closedBecause() {
    if (isOpen() || self().isEmpty()) {
      return Optional.empty();
    }
    if (stance == Stance.SILENT) {
      return Optional.of(
          "signing nothing: "
              + reason
              + " ("
              + quiet
              + " of "
              + QUIET_BLOCKS
              + " quiet blocks seen)");
    }
    return Optional.of(
        inquiry.hasQuorum()
            ? "signing nothing before block " + inquiry.tip() + " is here, which peers have"
            : inquiry.unheard());
  }

  void ask(int peer) {
    if (!isOpen()) {
      inquiry.ask(peer);
    }
  }

  /** Of a request by whoever holds that key: the latest it is known to have signed here. */
  static WitnessAnswer answer(WitnessRequest request, ValidatorSet set, HeightDriver driver) {
    return set.validators().stream()
        .filter(each -> each.key().equals(request.key()))
        .findFirst()
        .map(each -> Witness.latestOf(each.index(), driver.consensus()))
        .orElseGet(() -> new WitnessAnswer(driver.consensus().height(), List.of(), List.of()));
  }

  /**
   * False when it is not what an honest node would have sent. An answer that may be about a former
   * key is true and counts for nothing: the peer is asked again.
   */
  boolean answered(int peer, WitnessAnswer answer) {
    Set<Bytes> about = inquiry.answered(peer);
    Optional<Validator> own = self();
    if (about.isEmpty() || isOpen() || own.isEmpty()) {
      return true;
    }
    if (inquiry.keys().stream().noneMatch(key -> isSigned(key, answer))) {
      return false;
    }
    if (about.equals(Set.of(own.get().key())) && isSigned(own.get().key(), answer)) {
      answer.votes().forEach(this::saw);
      answer.proposals().forEach(this::saw);
      inquiry.stands(peer, answer.height() - 1);
      consider();
    }
    return true;
  }

  private boolean isSigned(Bytes key, WitnessAnswer answer) {
    return answer.votes().stream()
            .allMatch(each -> check.verify(key, Votes.signBytes(chainId(), each), each.signature()))
        && answer.proposals().stream()
            .allMatch(
                each -> check.verify(key, Votes.signBytes(chainId(), each), each.signature()));
  }

  void forget(int peer) {
    inquiry.forget(peer, isOpen());
  }

  /** A vote whose signature of this validator has been verified. */
  void saw(Vote vote) {
    int step = vote.type() == VoteType.PREVOTE ? SignSlot.PREVOTE : SignSlot.PRECOMMIT;
    saw(new SignSlot(vote.height(), vote.round(), step), Votes.signBytes(chainId(), vote));
  }

  /** The same of a proposal. */
  void saw(Proposal proposal) {
    saw(
        new SignSlot(proposal.height(), proposal.round(), SignSlot.PROPOSAL),
        Votes.signBytes(chainId(), proposal));
  }

  private void saw(SignSlot slot, byte[] signBytes) {
    if (!isAboveSignState(slot, signBytes)) {
      return;
    }
    if (environment.silence().kind() == SilenceMark.Kind.CONFIRMED) {
      raise(slot);
      return;
    }
    quiet = 0;
    if (stance != Stance.SILENT) {
      stance = Stance.SILENT;
      reason =
          "a signature of this validator is known for "
              + slot
              + ", which its disk does not know of: the disk is older, or a second copy runs";
      environment.silence().set(SilenceMark.Kind.SILENT, reason);
    }
  }

  private boolean isAboveSignState(SignSlot slot, byte[] signBytes) {
    try {
      return environment.signState().signatureFor(slot, signBytes).isEmpty();
    } catch (SignRefusedException e) {
      return false;
    }
  }

  /** Nothing at or below this slot is signed any more. */
  private void raise(SignSlot slot) {
    if (isAboveSignState(slot, new byte[0])) {
      environment.log().sync(); // the sign-state never knows of more than the log
      environment.signState().record(slot, new byte[0], new byte[64]);
    }
  }

  /** A proven block that is about to be committed. */
  void committing(StoredBlock stored) {
    OptionalInt index =
        self().map(each -> OptionalInt.of(each.index())).orElse(OptionalInt.empty());
    examine(stored.certificate(), index);
    stored.block().lastCommit().ifPresent(last -> examine(last, previousIndex));
    stored.block().evidence().forEach(this::examine);
    previousIndex = index;
  }

  private void examine(CommitCertificate certificate, OptionalInt index) {
    certificate.signatures().stream()
        .filter(each -> index.equals(OptionalInt.of(each.validator())))
        .forEach(each -> saw(Votes.precommit(certificate, each)));
  }

  private void examine(Evidence evidence) {
    Optional<Validator> own = self();
    if (own.isPresent() && evidence instanceof Evidence.DuplicateVote votes) {
      List.of(votes.first(), votes.second()).stream()
          .filter(each -> isSigned(own.get(), Votes.signBytes(chainId(), each), each.signature()))
          .forEach(this::saw);
    } else if (own.isPresent() && evidence instanceof Evidence.DuplicateProposal proposals) {
      List.of(proposals.first(), proposals.second()).stream()
          .filter(each -> isSigned(own.get(), Votes.signBytes(chainId(), each), each.signature()))
          .forEach(this::saw);
    }
  }

  /** After each commit: the height just decided may be the last one to wait for. */
  void committed(long height) {
    if (stance == Stance.SILENT && inquiry.hasQuorum() && height > inquiry.tip()) {
      quiet++;
      if (quiet >= QUIET_BLOCKS) {
        raise(new SignSlot(height, LAST_ROUND, SignSlot.PRECOMMIT));
        open();
      }
    }
    consider();
  }

  private void consider() {
    if (stance == Stance.ASKING && inquiry.hasQuorum() && chain.state().height() >= inquiry.tip()) {
      open();
    }
  }

  private void open() {
    stance = Stance.OPEN;
    if (environment.silence().kind() == SilenceMark.Kind.CONFIRMED) {
      raise(new SignSlot(chain.state().height(), LAST_ROUND, SignSlot.PRECOMMIT));
    }
    if (environment.silence().kind() != SilenceMark.Kind.NONE) {
      environment.silence().set(SilenceMark.Kind.NONE, "");
    }
    inquiry.end();
  }

  private Optional<Validator> self() {
    return chain.state().validators().validators().stream()
        .filter(each -> each.institution().equals(settings.institution()))
        .findFirst();
  }

  private boolean isSigned(Validator own, byte[] bytes, Bytes signature) {
    return check.verify(own.key(), bytes, signature);
  }

  private String chainId() {
    return settings.genesis().chainId();
  }
}
