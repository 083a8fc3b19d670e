package org.medseal.ledger.app;

import java.util.List;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;

/**
 * The application's state as one node gives it to another, read so that it can be compared with
 * what a header says. Nothing of it is trusted for having been read.
 */
public final class SnapshotState {
  private final LedgerState state;
  private final Hash root;

  private SnapshotState(LedgerState state) {
    this.state = state;
    this.root = state.root();
  }

  /** CodecException unless it is a state in its one canonical form. */
  public static SnapshotState decode(byte[] encoded) {
    return new SnapshotState(StateCodec.decode(encoded));
  }

  public long height() {
    return state.height();
  }

  public long timeMs() {
    return state.timeMs();
  }

  public Hash root() {
    return root;
  }

  public Hash genesisHash() {
    return state.facts().genesisHash();
  }

  /** Tree over the ids of all transactions since genesis. */
  public StateHistory history() {
    return StateCodec.history(state);
  }

  /** Tree over their look-ups. */
  public MerkleFrontier lookups() {
    return state.lookups();
  }

  /** A validator set and the first height it votes at. */
  public record InForce(long fromHeight, ValidatorSet validators) {}

  /** Of the newest heights and the two to come, ascending. */
  public List<InForce> validators() {
    return state.membership().sets().periods().stream()
        .map(each -> new InForce(each.fromHeight(), each.validators()))
        .toList();
  }

  public ValidatorSet validatorsAt(long height) {
    return state.membership().sets().at(height);
  }
}
