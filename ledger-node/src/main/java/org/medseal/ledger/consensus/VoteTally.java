package org.medseal.ledger.consensus;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;

/**
 * The votes of one round and type. A validator counts once towards "any", and once per value. The
 * second, different vote of an equivocator counts for its value only where somebody else's first
 * word supports that value: dropping it altogether would hide a quorum that another honest node has
 * seen and locked on, counting it everywhere would let one validator fill memory.
 */
final class VoteTally {
  /** What became of a vote. */
  enum Added {
    FIRST,
    REPEATED,
    CONFLICTING
  }

  private final ValidatorSet validators;
  private final TreeMap<Integer, Vote> first = new TreeMap<>();
  private final TreeMap<Hash, BlockVotes> blocks = new TreeMap<>();
  private final BlockVotes nil;
  private final BitSet equivocators = new BitSet();
  private long anyPower;

  VoteTally(ValidatorSet validators) {
    this.validators = validators;
    this.nil = new BlockVotes(validators);
  }

  Added add(Vote vote) {
    Vote earlier = first.get(vote.validator());
    if (earlier == null) {
      first.put(vote.validator(), vote);
      anyPower += validators.get(vote.validator()).stake();
      vote.blockId()
          .map(id -> blocks.computeIfAbsent(id, key -> new BlockVotes(validators)))
          .orElse(nil)
          .add(vote, true);
      return Added.FIRST;
    }
    Optional<BlockVotes> same = votesFor(vote.blockId());
    if (earlier.blockId().equals(vote.blockId())
        || same.map(known -> known.has(vote.validator())).orElse(false)) {
      return Added.REPEATED;
    }
    equivocators.set(vote.validator());
    same.filter(BlockVotes::hasFirstWord).ifPresent(known -> known.add(vote, false));
    return Added.CONFLICTING;
  }

  /** Whether a vote would still change anything: no repetition, no third word without support. */
  boolean wants(Vote vote) {
    Optional<BlockVotes> same = votesFor(vote.blockId());
    boolean counted = same.map(known -> known.has(vote.validator())).orElse(false);
    return !counted
        && (!equivocators.get(vote.validator())
            || same.map(BlockVotes::hasFirstWord).orElse(false));
  }

  /** Forgets a validator, to bound what it may say about far rounds. */
  void remove(int validator) {
    if (first.remove(validator) != null) {
      anyPower -= validators.get(validator).stake();
    }
    nil.remove(validator);
    blocks.values().forEach(each -> each.remove(validator));
    blocks.values().removeIf(each -> each.votes().isEmpty());
  }

  Vote first(int validator) {
    return first.get(validator);
  }

  boolean isQuorumOfAny() {
    return validators.isQuorum(anyPower);
  }

  boolean isQuorumOfNil() {
    return nil.isQuorum();
  }

  boolean isQuorumFor(Hash blockId) {
    return votesFor(Optional.of(blockId)).map(BlockVotes::isQuorum).orElse(false);
  }

  /** The block with a quorum, if any. */
  Optional<Hash> majority() {
    return blocks.entrySet().stream()
        .filter(each -> each.getValue().isQuorum())
        .map(each -> each.getKey())
        .findFirst();
  }

  Optional<BlockVotes> votesFor(Optional<Hash> blockId) {
    return blockId.isEmpty() ? Optional.of(nil) : Optional.ofNullable(blocks.get(blockId.get()));
  }

  /** Everything held, first words first. */
  List<Vote> all() {
    List<Vote> all = new ArrayList<>(first.values());
    List<BlockVotes> values = new ArrayList<>(blocks.values());
    values.add(nil);
    for (BlockVotes value : values) {
      value.votes().stream().filter(v -> !v.equals(first.get(v.validator()))).forEach(all::add);
    }
    return all;
  }

  BitSet voters() {
    BitSet voters = new BitSet();
    first.keySet().forEach(voters::set);
    return voters;
  }

  boolean isEmpty() {
    return first.isEmpty();
  }
}
