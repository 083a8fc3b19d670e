package org.medseal.bench.crypto;

import java.security.SecureRandom;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.Issuer;
import org.medseal.crypto.group.MemberKey;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.crypto.group.Opener;
import org.medseal.crypto.sm2.Sm2PrivateKey;

/** The keys one institution needs to seal records: made once, outside what is measured. */
final class Institution {
  private static final int MEMBERS = 4;

  final SecureRandom random = new SecureRandom();
  final Sm2PrivateKey custodian = Sm2PrivateKey.generate(random);
  final GroupPublicKey gpk;
  final MemberKey member;

  Institution() {
    Opener.SetUp setUp = Opener.setUp("bench", random);
    Issuer issuer = Issuer.forEpoch(setUp.parameters(), 1, random);
    MemberSecret secret = MemberSecret.generate(random);
    byte[] any = {1};
    Credential credential =
        issuer.issue(secret.join(setUp.parameters(), any, any, any, random), random);
    this.gpk = issuer.publicKey();
    this.member = new MemberKey(gpk, secret, credential, MEMBERS, MEMBERS);
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  SecretBytes dataKey() {
    return SecretBytes.random(RecordCipher.DATA_KEY_LENGTH, random);
  }
}
