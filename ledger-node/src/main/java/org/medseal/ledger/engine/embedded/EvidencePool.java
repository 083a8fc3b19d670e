package org.medseal.ledger.engine.embedded;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Evidence.DuplicateProposal;
import org.medseal.ledger.model.Evidence.DuplicateVote;

/** Proofs of equivocation waiting for a block: one per validator, height, round and kind. */
final class EvidencePool {
  /** Blocks for which a proof may still enter one. */
  static final int MAX_AGE_BLOCKS = Evidence.MAX_AGE_BLOCKS;

  static final int MAX_PER_BLOCK = 16;
  private static final int MAX_PENDING = 64;

  private final TreeMap<Key, Evidence> pending = new TreeMap<>();

  /** What makes two proofs the same. */
  record Key(long height, int round, int kind, int validator) implements Comparable<Key> {
    static Key of(Evidence evidence) {
      if (evidence instanceof DuplicateVote duplicate) {
        var vote = duplicate.first();
        return new Key(vote.height(), vote.round(), vote.type().code(), vote.validator());
      }
      var proposal = ((DuplicateProposal) evidence).first();
      return new Key(proposal.height(), proposal.round(), 0, proposal.proposer());
    }

    @Override
    public int compareTo(Key other) {
      int byHeight = Long.compare(height, other.height);
      int byRound = byHeight != 0 ? byHeight : Integer.compare(round, other.round);
      int byKind = byRound != 0 ? byRound : Integer.compare(kind, other.kind);
      return byKind != 0 ? byKind : Integer.compare(validator, other.validator);
    }
  }

  /** The two statements in the one order that counts as canonical: by their encoding. */
  static Evidence ordered(Evidence evidence) {
    if (evidence instanceof DuplicateVote duplicate) {
      CanonicalWriter first = new CanonicalWriter();
      CanonicalWriter second = new CanonicalWriter();
      Votes.writeVote(first, duplicate.first());
      Votes.writeVote(second, duplicate.second());
      return inOrder(first, second)
          ? evidence
          : new DuplicateVote(/* first= */ duplicate.second(), /* second= */ duplicate.first());
    }
    DuplicateProposal duplicate = (DuplicateProposal) evidence;
    CanonicalWriter first = new CanonicalWriter();
    CanonicalWriter second = new CanonicalWriter();
    Votes.writeProposal(first, duplicate.first());
    Votes.writeProposal(second, duplicate.second());
    return inOrder(first, second)
        ? evidence
        : new DuplicateProposal(/* first= */ duplicate.second(), /* second= */ duplicate.first());
  }

  private static boolean inOrder(CanonicalWriter first, CanonicalWriter second) {
    Bytes left = first.toBytes();
    return left.compareTo(second.toBytes()) < 0;
  }

  void add(Evidence evidence) {
    if (pending.size() < MAX_PENDING) {
      pending.putIfAbsent(Key.of(evidence), ordered(evidence));
    }
  }

  /** For a block of this height: oldest first, of earlier heights, not expired. */
  List<Evidence> forBlock(long height) {
    pending.keySet().removeIf(key -> key.height() < height - MAX_AGE_BLOCKS);
    return pending.entrySet().stream()
        .filter(each -> each.getKey().height() < height)
        .limit(MAX_PER_BLOCK)
        .map(each -> each.getValue())
        .toList();
  }

  void committed(Collection<Evidence> evidence) {
    evidence.forEach(each -> pending.remove(Key.of(each)));
  }
}
