package org.medseal.crypto.group;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.medseal.crypto.SeededRandom;

/** A small group with everybody's secrets in one place, made from a seed. */
final class Consortium {
  static final byte[] GROUP = {'g'};
  static final byte[] NONCE = {'n'};

  final SecureRandom random;
  final GroupParameters parameters;
  final Opener opener;
  final List<MemberSecret> secrets = new ArrayList<>();
  final List<JoinCommitment> commitments = new ArrayList<>();

  Consortium(long seed, int members) {
    random = new SeededRandom(seed);
    Opener.SetUp setUp = Opener.setUp("chain-1", random);
    parameters = setUp.parameters();
    opener = setUp.opener();
    for (int i = 0; i < members; i++) {
      MemberSecret secret = MemberSecret.generate(random);
      secrets.add(secret);
      commitments.add(secret.join(parameters, GROUP, new byte[] {(byte) i}, NONCE, random));
    }
  }

  /** An epoch with credentials for these members only. */
  Epoch epoch(int number, int... members) {
    Issuer issuer = Issuer.forEpoch(parameters, number, random);
    List<Credential> credentials = new ArrayList<>();
    for (int member : members) {
      credentials.add(issuer.issue(commitments.get(member), random));
    }
    return new Epoch(this, issuer, members, credentials);
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Epoch(Consortium group, Issuer issuer, int[] members, List<Credential> credentials) {
    GroupPublicKey gpk() {
      return issuer.publicKey();
    }

    /** Position within the epoch, not number in the group. */
    MemberKey key(int position) {
      return new MemberKey(
          gpk(),
          group.secrets.get(members[position]),
          credentials.get(position),
          members.length,
          2);
    }

    byte[] c(int position) {
      return group.commitments.get(members[position]).c48();
    }
  }
}
