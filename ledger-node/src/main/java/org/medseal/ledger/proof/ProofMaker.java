package org.medseal.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.medseal.ledger.merkle.MerklePaths;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.proof.ProofException.Reason;
import org.medseal.ledger.proof.ProofSource.Place;

/**
 * Makes proofs out of a node's copy, with as few headers as light verification allows. Every proof
 * can be judged from the genesis, and from the checkpoint it was made for. ProofException NOT_FOUND
 * when the copy lacks what is asked for.
 */
public final class ProofMaker {
  private final ProofSource source;
  private final Genesis genesis;
  private final long trustPeriodMs;

  public ProofMaker(ProofSource source, Genesis genesis) {
    this(source, genesis, TrustRules.trustPeriod(genesis).toMillis());
  }

  ProofMaker(ProofSource source, Genesis genesis, long trustPeriodMs) {
    this.source = source;
    this.genesis = genesis;
    this.trustPeriodMs = trustPeriodMs;
  }

  /**
   * That the ledger holds the transaction: in its block, or, for a checkpoint above that, in the
   * history the checkpoint's header commits to.
   *
   * @param checkpoint height of the checkpoint the verifier has
   */
  public LedgerProof inclusion(Hash transaction, OptionalLong checkpoint) {
    Place place =
        source
            .place(transaction)
            .orElseThrow(
                () ->
                    new ProofException(
                        Reason.NOT_FOUND, "this copy has no transaction " + transaction));
    if (checkpoint.isPresent() && checkpoint.getAsLong() > place.height()) {
      return inHistory(transaction, place, checkpoint.getAsLong());
    }
    List<Hash> ids = source.transactionIds(place.height());
    List<Bytes> leaves = ids.stream().map(Hash::bytes).toList();
    Claim claim =
        new Claim.InBlock(transaction, place.height(), MerkleTree.prove(leaves, place.index()));
    return proof(claim, checkpoint);
  }

  private LedgerProof inHistory(Hash transaction, Place place, long height) {
    HistoryAt at = historyAt(height);
    HistoryTree tree = new HistoryTree(source, height - 1);
    long index = tree.sizeAfter(place.height() - 1) + place.index();
    Claim claim =
        new Claim.InHistory(transaction, at, MerklePaths.inclusion(index, at.size(), tree));
    return proof(claim, OptionalLong.empty());
  }

  /** That the history the later header commits to continues that of the earlier one. */
  public LedgerProof consistency(long fromHeight, long toHeight, OptionalLong checkpoint) {
    if (fromHeight > toHeight) {
      throw new ProofException(
          Reason.NOT_FOUND, "height " + fromHeight + " comes after height " + toHeight);
    }
    HistoryAt from = historyAt(fromHeight);
    HistoryAt to = historyAt(toHeight);
    HistoryTree tree = new HistoryTree(source, toHeight - 1);
    return proof(
        new Claim.Grown(from, to, MerklePaths.consistency(from.size(), to.size(), tree)),
        checkpoint);
  }

  /** What the header of that height commits to: the state after the block before. */
  private HistoryAt historyAt(long height) {
    if (height < 2 || height > source.height()) {
      throw new ProofException(
          Reason.NOT_FOUND,
          "histories stand in the headers of heights 2 to " + source.height() + " here");
    }
    return new HistoryAt(
        height,
        source
            .historyAfter(height - 1)
            .orElseThrow(
                () -> new ProofException(Reason.NOT_FOUND, HistoryTree.missing(height - 1))));
  }

  private LedgerProof proof(Claim claim, OptionalLong checkpoint) {
    TreeSet<Long> wanted = new TreeSet<>(claim.heights());
    checkpoint.ifPresent(wanted::add);
    TreeMap<Long, LightBlock> chain = new TreeMap<>();
    Trusted trusted = Anchor.trusted(genesis);
    for (long height : wanted) {
      connect(trusted, height, chain);
      trusted = trusted(chain.get(height));
    }
    List<ValidatorSet> sets = new ArrayList<>();
    for (LightBlock each : chain.values()) {
      sets.add(validators(each.height()));
      sets.add(validators(each.height() + 1));
    }
    return LedgerProof.of(sets, List.copyOf(chain.values()), claim);
  }

  /** Straight to the height if its signers allow it, else over the middle. */
  private void connect(Trusted trusted, long height, Map<Long, LightBlock> chain) {
    LightBlock block = block(height);
    boolean direct =
        height == trusted.height() + 1
            || (block.header().timeMs() - trusted.timeMs() <= trustPeriodMs
                && LightClient.isSignedBySomeHonest(
                    trusted.next(), validators(height), block.certificate()));
    if (!direct) {
      long middle = trusted.height() + (height - trusted.height()) / 2;
      connect(trusted, middle, chain);
      connect(trusted(block(middle)), height, chain);
    }
    chain.put(height, block);
  }

  private Trusted trusted(LightBlock block) {
    return new Trusted(
        block.height(), block.id(), block.header().timeMs(), validators(block.height() + 1));
  }

  private LightBlock block(long height) {
    return source
        .block(height)
        .orElseThrow(
            () -> new ProofException(Reason.NOT_FOUND, "this copy has no block " + height));
  }

  private ValidatorSet validators(long height) {
    return source
        .validators(height)
        .orElseThrow(
            () ->
                new ProofException(
                    Reason.NOT_FOUND, "this copy does not know the validators of " + height));
  }
}
