package org.medseal.tracing;

import java.util.List;
import java.util.Optional;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;

/**
 * The registry as somebody without a copy knows it: the genesis, where there is one, and what was
 * proven to stand on the ledger, whose validators checked it before they decided the block.
 *
 * @param epochStart that of the record's epoch; none for the first
 * @param join of an institution admitted after the genesis: the ledger takes it under the key it
 *     was admitted with only
 */
record ProvenRegistry(
    String chainId,
    Optional<Genesis> genesis,
    Optional<Action.EpochStart> epochStart,
    Optional<GroupMember> join)
    implements Registry {
  private static final int A_LENGTH = 48;

  static ProvenRegistry of(Genesis genesis) {
    return new ProvenRegistry(
        genesis.chainId(), Optional.of(genesis), Optional.empty(), Optional.empty());
  }

  /** An epoch the ledger took has those of the genesis. */
  @Override
  public Optional<Bytes> groupParameters() {
    return genesis
        .map(Genesis::groupParameters)
        .or(
            () ->
                epochStart.map(
                    each ->
                        Bytes.of(
                            GroupPublicKey.decode(each.groupPublicKey().toArray())
                                .parameters()
                                .encoded())));
  }

  @Override
  public Optional<Bytes> groupKey(int epoch) {
    return epoch == 1 ? genesis.map(Genesis::groupPublicKey) : start(epoch);
  }

  private Optional<Bytes> start(int epoch) {
    return epochStart.filter(each -> each.epoch() == epoch).map(Action.EpochStart::groupPublicKey);
  }

  @Override
  public Optional<EpochCredential> credentialByA(int epoch, Bytes a48) {
    List<EpochCredential> all =
        epoch == 1
            ? genesis.map(Genesis::credentials).orElse(List.of())
            : epochStart
                .filter(each -> each.epoch() == epoch)
                .map(Action.EpochStart::credentials)
                .orElse(List.of());
    return all.stream().filter(each -> a(each).equals(a48)).findFirst();
  }

  private static Bytes a(EpochCredential credential) {
    byte[] encoded = credential.credential().toArray();
    return Bytes.of(encoded, 0, Math.min(A_LENGTH, encoded.length));
  }

  /**
   * Without a genesis the epoch stands for it: the ledger took its credential for that
   * institution's own commitment only, and no other fits it.
   */
  @Override
  public boolean isMember(GroupMember member) {
    return join.filter(member::equals).isPresent()
        || genesis.map(known -> isMember(known, member)).orElseGet(() -> epochStart.isPresent());
  }

  private static boolean isMember(Genesis genesis, GroupMember member) {
    return genesis.institutions().stream()
        .filter(each -> each.name().equals(member.institution()))
        .anyMatch(each -> Registry.signed(genesis, each, member));
  }
}
