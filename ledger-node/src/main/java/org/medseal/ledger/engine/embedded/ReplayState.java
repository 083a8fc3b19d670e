package org.medseal.ledger.engine.embedded;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.consensus.ProposerRotation;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.engine.Application.InitChain;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;

/**
 * What each next block of a chain has to fit, carried on from the genesis by whoever checks a copy:
 * validators, proposer turns, certificates and evidence. Answers in words; empty means it holds.
 */
public final class ReplayState {
  private final Signatures signatures;
  private final TreeMap<Long, ValidatorSet> validatorsAt = new TreeMap<>();
  private final TreeMap<Long, Set<EvidencePool.Key>> evidenceAt = new TreeMap<>();
  private ChainState state;

  public ReplayState(Genesis genesis, InitChain first) {
    this.signatures = new Signatures(genesis.chainId(), new Ed25519Check());
    this.state =
        ChainState.genesis(
            Registries.genesisHash(genesis),
            genesis.timeMs(),
            first.validators(),
            first.stateRoot());
  }

  public long height() {
    return state.height();
  }

  public Hash blockId() {
    return state.blockId();
  }

  public long timeMs() {
    return state.timeMs();
  }

  public Hash stateRoot() {
    return state.stateRoot();
  }

  public Hash receiptsRoot() {
    return state.receiptsRoot();
  }

  /** Of the next block. */
  public ValidatorSet validators() {
    return state.validators();
  }

  /** Of the block after the next. */
  public ValidatorSet following() {
    return state.following();
  }

  /** Proposer priorities of the next block's height. */
  public List<Long> priorities() {
    return state.rotation().priorities();
  }

  /** Of the next block: more than two thirds of its validators' stake for this id. */
  public Optional<String> certificateFault(CommitCertificate certificate, Hash id) {
    if (certificate.height() != state.nextHeight() || !certificate.blockId().equals(id)) {
      return Optional.of("the commit certificate is for another block");
    }
    return signatures
        .faultIn(certificate, state.validators())
        .map(what -> "the commit certificate" + what);
  }

  /** The parent's certificate, which may hold other precommits than the one kept beside it. */
  public Optional<String> lastCommitFault(Optional<CommitCertificate> lastCommit) {
    if (lastCommit.isPresent() != state.height() > 0) {
      return Optional.of("the parent's certificate is missing");
    }
    if (lastCommit.isEmpty() || lastCommit.equals(state.certificate())) {
      return Optional.empty();
    }
    CommitCertificate last = lastCommit.get();
    return last.height() == state.height() && last.blockId().equals(state.blockId())
        ? signatures
            .faultIn(last, validatorsAt.get(state.height()))
            .map(what -> "the parent's certificate" + what)
        : Optional.of("the parent's certificate is for another block");
  }

  /** Its builder had the turn in the round of the decision or, offered again, in one before. */
  public Optional<String> proposerFault(StoredBlock stored) {
    int builder = stored.block().header().proposer();
    ProposerRotation rotation = state.rotation();
    int last = stored.certificate().round();
    for (int round = 0; round <= last; round++) {
      if (rotation.turn().proposer() == builder) {
        return Optional.empty();
      }
      rotation = rotation.next();
    }
    return Optional.of(
        "validator " + builder + " built the block without having the turn up to round " + last);
  }

  /** Two signed statements for one slot, new, not expired, each once. */
  public Optional<String> evidenceFault(Block block) {
    if (block.evidence().size() > EvidencePool.MAX_PER_BLOCK) {
      return Optional.of("there is more evidence than a block may hold");
    }
    Set<EvidencePool.Key> seen = new HashSet<>();
    evidenceAt.values().forEach(seen::addAll);
    for (Evidence each : block.evidence()) {
      EvidencePool.Key key = EvidencePool.Key.of(each);
      ValidatorSet set = validatorsAt.get(key.height());
      if (set == null || key.height() < state.nextHeight() - EvidencePool.MAX_AGE_BLOCKS) {
        return Optional.of("evidence of height " + key.height() + " is too old or of no block");
      }
      if (!seen.add(key)) {
        return Optional.of("evidence of height " + key.height() + " stands there twice");
      }
      if (!signatures.isProof(each, set)) {
        return Optional.of("evidence of height " + key.height() + " does not prove anything");
      }
    }
    return Optional.empty();
  }

  /** Takes an executed block in; says if the note kept beside it is not what that gives. */
  public Optional<String> take(StoredBlock stored, Finalized finalized, Bytes outcome) {
    validatorsAt.put(stored.height(), state.validators());
    Set<EvidencePool.Key> keys = new HashSet<>();
    stored.block().evidence().forEach(each -> keys.add(EvidencePool.Key.of(each)));
    evidenceAt.put(stored.height(), keys);
    forgetBefore(stored.height() - EvidencePool.MAX_AGE_BLOCKS - 1);
    state = state.after(stored, finalized);
    return Outcome.of(state, finalized).encode().equals(outcome)
        ? Optional.empty()
        : Optional.of(
            "the note beside the block (state root, receipts root, priorities, validators) is"
                + " not what executing it gives");
  }

  private void forgetBefore(long height) {
    for (Map<Long, ?> each : List.of(validatorsAt, evidenceAt)) {
      each.keySet().removeIf(key -> key < height);
    }
  }
}
