package org.medseal.crypto.group;

import java.util.Arrays;
import org.medseal.crypto.CryptoException;

/** Checks an opening in public, without any secret. */
public final class Judge {
  private Judge() {}

  /**
   * Whether the signature holds, the opening is a right decryption of it, and the A it names is the
   * credential issued for the commitment C of the member named. That the member signed C with its
   * institution key is checked by whoever holds the registry.
   */
  public static boolean judge(
      GroupPublicKey gpk,
      byte[] message32,
      byte[] signature352,
      Opening opening,
      Credential credentialOfNamed,
      byte[] c48OfNamed) {
    try {
      return isOpening(gpk, message32, signature352, opening)
          && Arrays.equals(opening.a48(), credentialOfNamed.a48())
          && credentialOfNamed.verify(gpk, c48OfNamed);
    } catch (CryptoException malformed) {
      return false;
    }
  }

  /**
   * Whether the signature holds and the opening is a right decryption of it, whoever's A it names:
   * one that the registry does not know was issued behind its back.
   */
  public static boolean isOpening(
      GroupPublicKey gpk, byte[] message32, byte[] signature352, Opening opening) {
    try {
      return gpk.verify(message32, signature352) && opening.holds(gpk, message32, signature352);
    } catch (CryptoException malformed) {
      return false;
    }
  }
}
