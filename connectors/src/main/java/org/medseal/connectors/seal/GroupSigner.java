package org.medseal.connectors.seal;

import java.security.SecureRandom;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.MemberKey;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.model.Bytes;

/** The institution's signing key of the current epoch, rebuilt when the epoch changes. */
final class GroupSigner {
  private final MemberSecret secret;
  private final String institution;
  private final int minimumMembers;
  private MemberKey key;
  private int members;

  GroupSigner(MemberSecret secret, String institution, int minimumMembers) {
    this.secret = secret;
    this.institution = institution;
    this.minimumMembers = minimumMembers;
  }

  /** 352 bytes over a 32-byte digest; SealException NOT_A_MEMBER or TOO_FEW_MEMBERS. */
  Bytes sign(LedgerView view, byte[] digest, SecureRandom random) {
    try {
      return Bytes.of(key(view).sign(digest, random));
    } catch (CryptoException e) {
      if (e.reason() == CryptoException.Reason.TOO_FEW_MEMBERS) {
        throw new SealException(SealException.Reason.TOO_FEW_MEMBERS, e.getMessage());
      }
      throw e;
    }
  }

  private synchronized MemberKey key(LedgerView view) {
    if (key == null || key.epoch() != view.epoch() || members != view.membersInEpoch()) {
      Bytes credential =
          view.credential(view.epoch(), institution).orElseThrow(this::notAMember).credential();
      Bytes publicKey = view.groupPublicKey(view.epoch()).orElseThrow(this::notAMember);
      members = view.membersInEpoch();
      key =
          new MemberKey(
              GroupPublicKey.decode(publicKey.toArray()),
              secret,
              Credential.decode(credential.toArray()),
              members,
              minimumMembers);
    }
    return key;
  }

  private SealException notAMember() {
    return new SealException(
        SealException.Reason.NOT_A_MEMBER,
        "no credential of the current epoch on the ledger for " + institution);
  }
}
