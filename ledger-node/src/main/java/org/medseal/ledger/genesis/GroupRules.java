package org.medseal.ledger.genesis;

import static org.medseal.ledger.genesis.GenesisRules.require;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.GroupParameters;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.ledger.genesis.GenesisException.Reason;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Institution;

/** A genesis' signing group: every proof is verified. */
final class GroupRules {
  private final Genesis genesis;
  private final Map<String, Institution> institutions;
  private final Map<String, GroupMember> members = new TreeMap<>();

  GroupRules(Genesis genesis, Map<String, Institution> institutions) {
    this.genesis = genesis;
    this.institutions = institutions;
  }

  void validate() {
    GroupPublicKey key = validateKeys();
    validateMembers();
    validateCredentials(key);
  }

  private GroupPublicKey validateKeys() {
    String place = "groupParameters";
    try {
      GroupParameters parameters = GroupParameters.decode(genesis.groupParameters().toArray());
      require(parameters.chainId().equals(genesis.chainId()), place, "are for another chain");
      place = "groupPublicKey";
      GroupPublicKey key = GroupPublicKey.decode(genesis.groupPublicKey().toArray());
      require(
          RegistryProofs.isKeyOf(key, 1, genesis.groupParameters()),
          place,
          "is not of epoch 1 of this group");
      return key;
    } catch (CryptoException e) {
      throw new GenesisException(
          Reason.UNSOUND, "genesis: " + place + " cannot be read or proven", e);
    }
  }

  private void validateMembers() {
    Set<Bytes> commitments = new HashSet<>();
    for (GroupMember member : genesis.members()) {
      String place = "members[" + members.size() + "]";
      Institution institution = institutions.get(member.institution());
      require(institution != null, place + ".institution", "is no institution");
      require(
          members.put(member.institution(), member) == null,
          place + ".institution",
          "stands twice");
      require(commitments.add(member.commitment()), place + ".commitment", "stands twice");
      require(
          RegistryProofs.isMember(
              genesis.chainId(), genesis.groupParameters(), institution, member),
          place,
          "carries a proof or signature that does not hold");
    }
  }

  private void validateCredentials(GroupPublicKey key) {
    require(!genesis.credentials().isEmpty(), "credentials", "are missing");
    Set<String> named = new HashSet<>();
    Set<Bytes> as = new HashSet<>();
    for (EpochCredential credential : genesis.credentials()) {
      String place = "credentials[" + named.size() + "]";
      GroupMember member = members.get(credential.institution());
      require(member != null, place + ".institution", "is no member");
      require(named.add(credential.institution()), place + ".institution", "stands twice");
      require(
          RegistryProofs.isCredential(key, credential, member),
          place,
          "does not verify under groupPublicKey and its member's commitment");
      byte[] a = Arrays.copyOf(credential.credential().toArray(), Credential.LENGTH - 32);
      require(as.add(Bytes.of(a)), place, "has an A that stands twice");
    }
  }
}
