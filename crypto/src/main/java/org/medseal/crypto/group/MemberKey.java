package org.medseal.crypto.group;

import java.security.SecureRandom;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.bls.Fr;
import org.medseal.crypto.bls.G1;
import org.medseal.crypto.bls.Pairings;

/**
 * Signs for the group in one epoch (XSGS, Delerablée and Pointcheval, VIETCRYPT 2006). Holds on to
 * the member's secret, which its owner closes. Thread-safe.
 */
public final class MemberKey {
  private final GroupPublicKey gpk;
  private final MemberSecret secret;
  private final G1 a;
  private final Fr x;
  private final int members;
  private final int minimum;

  /** WRONG_KEY when the credential is of another epoch or member, as after a revocation. */
  public MemberKey(
      GroupPublicKey gpk,
      MemberSecret secret,
      Credential credential,
      int membersInEpoch,
      int minimumMembers) {
    if (!credential.verify(gpk, secret.commitmentBytes(gpk.parameters()))) {
      throw new CryptoException(
          Reason.WRONG_KEY, "credential does not fit this member in epoch " + gpk.epoch());
    }
    this.gpk = gpk;
    this.secret = secret;
    this.a = G1.fromBytes(credential.a48());
    this.x = Fr.fromBytes(credential.x32());
    this.members = membersInEpoch;
    this.minimum = minimumMembers;
  }

  public int epoch() {
    return gpk.epoch();
  }

  /** 352 bytes over exactly 32; TOO_FEW_MEMBERS below the minimum. */
  public byte[] sign(byte[] message32, SecureRandom random) {
    if (message32.length != GroupSignature.MESSAGE_LENGTH) {
      throw new IllegalArgumentException("a group signature is over 32 bytes");
    }
    if (members < minimum) {
      throw new CryptoException(
          Reason.TOO_FEW_MEMBERS,
          "epoch %d has %d members, fewer than the minimum of %d"
              .formatted(gpk.epoch(), members, minimum));
    }
    return prove(message32, random).encoded();
  }

  private GroupSignature prove(byte[] message, SecureRandom random) {
    HedgedNonces nonces = HedgedNonces.of("SIG", random, secret.bytes(), gpk.hash(), message);
    Fr alpha = nonces.next();
    Fr beta = nonces.next();
    G1 k = GroupParameters.K;
    G1 h = gpk.parameters().h();
    G1 g = gpk.parameters().g();
    G1[] t = {
      k.times(alpha), a.plus(h.times(alpha)), k.times(beta), a.plus(g.times(beta)),
    };
    Fr z = x.times(alpha).plus(secret.scalar());

    Fr rAlpha = nonces.next();
    Fr rBeta = nonces.next();
    Fr rX = nonces.next();
    Fr rZ = nonces.next();
    G1 hRAlpha = h.times(rAlpha);
    G1 left = t[1].times(rX).minus(h.times(rZ));
    byte[] r2 = Pairings.product(left, GroupPublicKey.P2, hRAlpha.negate(), gpk.w());
    G1 r4 = hRAlpha.minus(g.times(rBeta));
    Fr c =
        GroupSignature.challenge(
            gpk,
            t,
            message,
            new GroupSignature.Commitments(k.times(rAlpha), r2, k.times(rBeta), r4));
    return new GroupSignature(
        t[0],
        t[1],
        t[2],
        t[3],
        c,
        rAlpha.plus(c.times(alpha)),
        rBeta.plus(c.times(beta)),
        rX.plus(c.times(x)),
        rZ.plus(c.times(z)));
  }
}
