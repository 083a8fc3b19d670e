package org.medseal.ledger.sim;

import static org.medseal.ledger.sim.Law.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.consensus.ProposerRotation;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;

/** What all correct nodes have decided: I1, I2, I5, I6, I9, I10. */
final class ChainLaw {
  private final Genesis genesis;
  private final Scenario.Cast cast;
  private final Sightings sightings;
  private final Execution execution;
  private final List<StoredBlock> chain = new ArrayList<>();
  private final Map<Long, Hash> roots = new HashMap<>();
  private final Map<Long, ValidatorSet> sets = new HashMap<>();
  private final Map<Long, ProposerRotation> rotations = new HashMap<>();
  private final Map<Hash, Long> transactions = new HashMap<>(); // at which height
  private final Map<String, Long> accusations = new HashMap<>(); // at which height

  ChainLaw(Genesis genesis, Scenario.Cast cast, Sightings sightings, Execution execution) {
    this.genesis = genesis;
    this.cast = cast;
    this.sightings = sightings;
    this.execution = execution;
    sets.put(1L, SimApplication.validators(genesis, 0));
    sets.put(2L, SimApplication.validators(genesis, 0));
    rotations.put(1L, ProposerRotation.start(sets.get(1L)));
  }

  Set<Hash> committed() {
    return transactions.keySet();
  }

  /** The height a transaction was committed at; beyond all heights if it was not. */
  long committedAt(Hash transactionId) {
    return transactions.getOrDefault(transactionId, Long.MAX_VALUE);
  }

  boolean isAccusedBefore(Accusation accusation, long height) {
    return accusations.getOrDefault(accusation.slot(), Long.MAX_VALUE) < height;
  }

  StoredBlock block(long height) {
    return chain.get((int) height - 1);
  }

  Hash id(long height) {
    return block(height).certificate().blockId();
  }

  /** After the block of this height. */
  Hash root(long height) {
    return roots.get(height);
  }

  /** Whose turn it is in the rounds of a height; known for one height beyond the chain. */
  Optional<ProposerRotation> rotation(long height) {
    return Optional.ofNullable(rotations.get(height));
  }

  long height() {
    return chain.size();
  }

  /** Known up to two heights beyond the chain. */
  Optional<ValidatorSet> set(long height) {
    return Optional.ofNullable(sets.get(height));
  }

  /** Index of an institution's validator at a height; -1 if it has none or the set is unknown. */
  int indexOf(int institution, long height) {
    return set(height).stream()
        .flatMap(each -> each.validators().stream())
        .filter(each -> each.institution().equals(SimGenesis.name(institution)))
        .mapToInt(each -> each.index())
        .findFirst()
        .orElse(-1);
  }

  void audit(SimNode node) {
    require(node.audited <= node.disk.blocks.height(), "a durable block was lost");
    node.disk
        .blocks
        .base()
        .filter(each -> each.height() > node.audited)
        .ifPresent(each -> auditBase(node, each));
    for (; node.audited < node.disk.blocks.height(); node.audited++) {
      StoredBlock stored = node.disk.blocks.block(node.audited + 1).orElseThrow();
      if (stored.height() > chain.size()) {
        extend(stored);
      } else {
        Hash known = chain.get((int) stored.height() - 1).certificate().blockId();
        require(
            known.equals(Blocks.id(stored.block().header())),
            "I1: two blocks decided at height " + stored.height());
        requireProof(stored.certificate());
      }
    }
    auditOlder(node);
    long height = node.disk.application.height;
    if (height > 0) {
      Hash before = roots.putIfAbsent(height, node.disk.application.root);
      require(
          before == null || before.equals(node.disk.application.root),
          "I6: state roots differ at height " + height);
      require(height <= node.disk.blocks.height(), "I6: the application is ahead of its blocks");
    }
  }

  /** What a node joined by is what all have decided and executed. */
  private void auditBase(SimNode node, Base base) {
    long height = base.height();
    require(
        height < chain.size() && base.blockId().equals(id(height)),
        "I1: joined by a block that was not decided at height " + height);
    requireProof(base.certificate());
    require(base.stateRoot().equals(roots.get(height)), "I6: joined by another state");
    require(
        base.priorities().equals(rotations.get(height + 1).priorities()),
        "joined by other priorities");
    require(
        base.validatorsAt(height + 1).equals(sets.get(height + 1))
            && base.validatorsAt(height + 2).equals(sets.get(height + 2)),
        "I10: joined by other validators");
    node.audited = height;
    node.oldest = height + 1;
  }

  private void auditOlder(SimNode node) {
    require(node.disk.blocks.lowest() <= node.oldest, "a durable older block was lost");
    for (; node.oldest > node.disk.blocks.lowest(); node.oldest--) {
      StoredBlock stored = node.disk.blocks.block(node.oldest - 1).orElseThrow();
      require(
          Blocks.id(stored.block().header()).equals(id(node.oldest - 1)),
          "I1: another older block at height " + (node.oldest - 1));
      requireProof(stored.certificate());
    }
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
    requireProof(stored.certificate());
    stored
        .block()
        .transactions()
        .forEach(
            each ->
                require(
                    transactions.putIfAbsent(each.id(), height) == null,
                    "committed twice: " + each.id()));
    stored.block().evidence().forEach(each -> requireGuilty(Accusation.of(each), height));
    Execution.Effect effect = execution.of(stored, height == 1 ? Hash.ZERO : roots.get(height - 1));
    sets.put(height + 2, effect.validators().orElse(sets.get(height + 1)));
    ProposerRotation turned = rotations.get(height).next();
    boolean same = sets.get(height + 1).equals(sets.get(height));
    rotations.put(height + 1, same ? turned : turned.withValidators(sets.get(height + 1)));
    look(stored, effect.validators().isPresent());
    chain.add(stored);
    roots.put(height, effect.root());
  }

  private void requireProof(CommitCertificate certificate) {
    Optional<String> fault = faultIn(certificate);
    require(fault.isEmpty(), fault.orElse(""));
  }

  /** I2 and I5, computed apart from the engine. */
  Optional<String> faultIn(CommitCertificate certificate) {
    ValidatorSet set = sets.get(certificate.height());
    Set<Integer> counted = new HashSet<>();
    long power = 0;
    for (CommitSignature each : certificate.signatures()) {
      if (each.validator() >= set.size() || !counted.add(each.validator())) {
        return Optional.of("I2: counted twice");
      }
      Vote vote = Votes.precommit(certificate, each);
      if (!SimKeys.CHECK.verify(
          set.get(each.validator()).key(),
          Votes.signBytes(SimGenesis.CHAIN, vote),
          each.signature())) {
        return Optional.of("I5: certificate signature");
      }
      power += set.get(each.validator()).stake();
    }
    return 3 * power > 2 * set.totalStake()
        ? Optional.empty()
        : Optional.of("I5: certificate of two thirds or less");
  }

  private void look(StoredBlock stored, boolean changes) {
    sightings.saw(Sight.HEIGHTS);
    sightings.decidedIn(stored.certificate().round());
    sightings.saw(Sight.HIGHER_ROUNDS, stored.certificate().round() > 0 ? 1 : 0);
    sightings.saw(Sight.SET_CHANGES, changes ? 1 : 0);
    boolean others = sets.get(stored.height()).size() < genesis.institutions().size();
    sightings.saw(Sight.OTHER_INDEXES, others ? 1 : 0);
    sightings.saw(Sight.EVIDENCE, stored.block().evidence().size());
  }

  /** I9: signed by a liar, really, in the set of that height. */
  private void requireGuilty(Accusation accusation, long height) {
    ValidatorSet set = sets.get(accusation.height());
    Validator accused = set.get(accusation.accused());
    for (int i = 0; i < genesis.institutions().size(); i++) {
      boolean honest = cast.isHonest(i) && accused.institution().equals(SimGenesis.name(i));
      require(!honest, "I9: evidence against honest " + accused.institution());
    }
    require(accusation.holds(set), "I9: evidence that nobody signed");
    require(
        accusations.putIfAbsent(accusation.slot(), height) == null,
        "I9: accused twice of " + accusation.slot());
  }
}
