package org.medseal.consortium;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.Issuer;
import org.medseal.crypto.group.JoinCommitment;
import org.medseal.crypto.group.Opener;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.GroupMember;

/**
 * The signing group of a new consortium: every institution joins and is credentialed for epoch 1.
 */
record GroupSetup(
    Opener opener,
    Issuer issuer,
    Bytes parameters,
    Bytes publicKey,
    List<GroupMember> members,
    List<EpochCredential> credentials) {
  private static final int FIRST_EPOCH = 1;
  private static final int NONCE_BYTES = 32;
  private static final Bytes UNSIGNED = Bytes.of(new byte[64]);

  static GroupSetup of(String chainId, List<FoundedInstitution> institutions, SecureRandom random) {
    Opener.SetUp setUp = Opener.setUp(chainId, random);
    Issuer issuer = Issuer.forEpoch(setUp.parameters(), FIRST_EPOCH, random);
    List<GroupMember> members = new ArrayList<>();
    List<EpochCredential> credentials = new ArrayList<>();
    for (FoundedInstitution institution : institutions) {
      byte[] nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      JoinCommitment commitment =
          institution
              .keys()
              .member()
              .join(
                  setUp.parameters(),
                  Registries.groupId(chainId),
                  Registries.memberCertificate(institution.registered()),
                  nonce,
                  random);
      members.add(signed(chainId, institution, commitment, nonce));
      Credential credential = issuer.issue(commitment, random);
      credentials.add(
          new EpochCredential(institution.plan().name(), Bytes.of(credential.encoded())));
    }
    return new GroupSetup(
        setUp.opener(),
        issuer,
        Bytes.of(setUp.parameters().encoded()),
        Bytes.of(issuer.publicKey().encoded()),
        members,
        credentials);
  }

  private static GroupMember signed(
      String chainId, FoundedInstitution institution, JoinCommitment commitment, byte[] nonce) {
    GroupMember unsigned =
        new GroupMember(
            institution.plan().name(),
            Bytes.of(commitment.c48()),
            Bytes.of(commitment.proof()),
            Bytes.of(nonce),
            UNSIGNED);
    byte[] signature =
        institution.keys().institution().sign(Transactions.groupMemberSignBytes(chainId, unsigned));
    return new GroupMember(
        unsigned.institution(),
        unsigned.commitment(),
        unsigned.proof(),
        unsigned.nonce(),
        Bytes.of(signature));
  }
}
