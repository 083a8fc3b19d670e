package org.medseal.tracing;

import java.util.Optional;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.genesis.RegistryProofs;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Institution;

/** What is known of the signing group where a finding is judged: a ledger's copy, or a proof. */
public interface Registry {
  String chainId();

  /** The group's, the same in all epochs; empty where they are not known. */
  Optional<Bytes> groupParameters();

  Optional<Bytes> groupKey(int epoch);

  Optional<EpochCredential> credentialByA(int epoch, Bytes a48);

  /** Whether the institution of that name entered the group with exactly this. */
  boolean isMember(GroupMember member);

  /** Of this node's own copy. */
  static Registry of(Genesis genesis, LedgerView view) {
    return new Registry() {
      @Override
      public String chainId() {
        return genesis.chainId();
      }

      @Override
      public Optional<Bytes> groupParameters() {
        return Optional.of(genesis.groupParameters());
      }

      @Override
      public Optional<Bytes> groupKey(int epoch) {
        return view.groupPublicKey(epoch);
      }

      @Override
      public Optional<EpochCredential> credentialByA(int epoch, Bytes a48) {
        return view.credentialByA(epoch, a48);
      }

      @Override
      public boolean isMember(GroupMember member) {
        return view.everRegistered(member.institution())
            .filter(each -> signed(genesis, each, member))
            .isPresent();
      }
    };
  }

  /** The institution's own signature over its commitment, and the proof of what is in it. */
  static boolean signed(Genesis genesis, Institution institution, GroupMember member) {
    return RegistryProofs.isMember(
        genesis.chainId(), genesis.groupParameters(), institution, member);
  }
}
