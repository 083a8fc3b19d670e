package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.consensus.ProposerRotation;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Application.FinalizeRequest;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.EngineException.Reason;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** The decided chain: stored blocks, the application behind them, and what the next has to fit. */
final class Chain {
  private final Genesis genesis;
  private final ValidatorSet genesisValidators;
  private final Application application;
  private final BlockStore store;
  private final Map<Long, Set<EvidencePool.Key>> evidence =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Set<EvidencePool.Key>> eldest) {
          return size() > 2 * EvidencePool.MAX_AGE_BLOCKS;
        }
      };
  private ChainState state;

  Chain(Genesis genesis, Application application, BlockStore store) {
    this.genesis = genesis;
    this.application = application;
    this.store = store;
    this.genesisValidators = ValidatorHistory.ofGenesis(genesis);
  }

  /** Brings the application up to the last stored block; executes each missing one again. */
  void recover() {
    Application.Info known = application.info();
    if (known.height() > store.height()) {
      throw new EngineException(
          Reason.APPLICATION_AHEAD,
          "the application is at height "
              + known.height()
              + " but the blocks end at "
              + store.height()
              + ": delete the index, it is rebuilt from the blocks");
    }
    requireBase(known.height());
    state = known.height() == 0 ? initialize() : load(known.height());
    if (!state.stateRoot().equals(known.height() == 0 ? state.stateRoot() : known.stateRoot())) {
      throw differs(known.height());
    }
    while (state.height() < store.height()) {
      StoredBlock stored = stored(state.nextHeight());
      Finalized finalized = execute(stored);
      ChainState after = state.after(stored, finalized);
      if (!Outcome.of(after, finalized).equals(outcome(stored.height()))) {
        throw differs(stored.height());
      }
      application.commit();
      state = after;
    }
  }

  private void requireBase(long known) {
    if (known < baseHeight()) {
      throw new EngineException(
          Reason.INVARIANT,
          "the application is at height " + known + " below the base " + baseHeight());
    }
  }

  /** 0 without a base. */
  private long baseHeight() {
    return store.base().map(Base::height).orElse(0L);
  }

  private ChainState initialize() {
    Application.InitChain first = application.initChain(genesis);
    if (!first.validators().equals(genesisValidators)) {
      throw new EngineException(Reason.STATE_DIFFERS, "the application starts with other stakes");
    }
    return ChainState.genesis(
        Registries.genesisHash(genesis), genesis.timeMs(), genesisValidators, first.stateRoot());
  }

  private ChainState load(long height) {
    if (height == baseHeight()) {
      return store.base().orElseThrow().state();
    }
    StoredBlock stored = stored(height);
    Outcome outcome = outcome(height);
    return new ChainState(
        height,
        stored.certificate().blockId(),
        stored.block().header().timeMs(),
        Optional.of(stored.certificate()),
        outcome.stateRoot(),
        outcome.receiptsRoot(),
        new ProposerRotation(validatorsFrom(outcome.setBlock()), outcome.priorities()),
        validatorsFrom(outcome.followingBlock()),
        outcome.setBlock(),
        outcome.followingBlock());
  }

  ChainState state() {
    return state;
  }

  /** Executes, stores durably, and commits a proven block that fits the present state. */
  void commit(StoredBlock stored) {
    if (stored.height() != state.nextHeight()
        || !stored.block().header().parent().equals(state.blockId())) {
      throw new EngineException(
          Reason.INVARIANT, "block " + stored.height() + " does not follow " + state.height());
    }
    Finalized finalized = execute(stored);
    ChainState after = state.after(stored, finalized);
    store.append(stored, Outcome.of(after, finalized).encode());
    application.commit();
    state = after;
    evidence.put(stored.height(), keys(stored));
  }

  private Finalized execute(StoredBlock stored) {
    return application.finalizeBlock(
        new FinalizeRequest(stored.certificate().blockId(), stored.block(), state.validators()));
  }

  Optional<StoredBlock> block(long height) {
    return height < 1 || height > state.height() ? Optional.empty() : store.block(height);
  }

  /**
   * A precommit for the newest block that came after the block was decided: the certificate that
   * the next own block carries shows it too, so that whoever is a little slow does not count as
   * absent. Anything else changes nothing. False when its signature does not hold, which no honest
   * node would have sent: it costs the sender its connection, and the validator named in it
   * nothing.
   */
  boolean late(Vote vote, Signatures signatures) {
    Optional<CommitCertificate> certificate = state.certificate();
    if (vote.type() != VoteType.PRECOMMIT
        || certificate.isEmpty()
        || vote.height() != state.height()
        || vote.round() != certificate.get().round()
        || !vote.blockId().equals(Optional.of(state.blockId()))) {
      return true;
    }
    List<CommitSignature> signed = certificate.get().signatures();
    if (signed.stream().anyMatch(each -> each.validator() == vote.validator())) {
      return true;
    }
    if (!signatures.isSigned(vote, validatorsAt(vote.height()))) {
      return false;
    }
    List<CommitSignature> all = new ArrayList<>(signed);
    all.add(new CommitSignature(vote.validator(), vote.signature()));
    all.sort(Comparator.comparingInt(CommitSignature::validator));
    state = state.with(new CommitCertificate(vote.height(), vote.round(), state.blockId(), all));
    return true;
  }

  /** The set of a height up to the one after the next. */
  ValidatorSet validatorsAt(long height) {
    if (height == state.nextHeight()) {
      return state.validators();
    }
    if (height > 1 && height <= baseHeight() + 1) {
      return store.base().orElseThrow().validatorsAt(height);
    }
    return height <= 1 ? genesisValidators : validatorsFrom(outcome(height - 1).setBlock());
  }

  /** Which proofs of equivocation a decided block holds. */
  Set<EvidencePool.Key> evidenceIn(long height) {
    return evidence.computeIfAbsent(height, key -> keys(stored(key)));
  }

  private static Set<EvidencePool.Key> keys(StoredBlock stored) {
    return stored.block().evidence().stream()
        .map(EvidencePool.Key::of)
        .collect(Collectors.toUnmodifiableSet());
  }

  private ValidatorSet validatorsFrom(long setBlock) {
    if (setBlock > 0 && setBlock <= baseHeight()) {
      return store
          .base()
          .flatMap(each -> each.givenBy(setBlock))
          .orElseThrow(() -> damaged(setBlock, null));
    }
    return setBlock == 0
        ? genesisValidators
        : outcome(setBlock).changed().orElseThrow(() -> damaged(setBlock, null));
  }

  private StoredBlock stored(long height) {
    return store.block(height).orElseThrow(() -> damaged(height, null));
  }

  private Outcome outcome(long height) {
    try {
      return Outcome.decode(store.outcome(height).orElseThrow(() -> damaged(height, null)));
    } catch (CodecException e) {
      throw damaged(height, e);
    }
  }

  private static EngineException damaged(long height, Throwable cause) {
    return new EngineException(
        Reason.DAMAGED_STORE, "block " + height + " or its outcome cannot be read", cause);
  }

  private static EngineException differs(long height) {
    return new EngineException(
        Reason.STATE_DIFFERS,
        "the application's state after block " + height + " is not the one the chain had");
  }
}
