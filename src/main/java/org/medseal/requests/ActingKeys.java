package org.medseal.requests;

import java.util.List;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.crypto.pseudonym.PseudonymKey;
import org.medseal.crypto.sm2.Sm2PrivateKey;

/**
 * The institution's keys that people's requests need; not owned, so not closed here.
 *
 * @param signing of institution transactions
 * @param grant to which grants and sealed bodies are wrapped
 * @param consortium every live version of K_v
 * @param local the institution's own pseudonym key
 * @param member the secret with which it is in the signing group
 */
public record ActingKeys(
    Ed25519PrivateKey signing,
    Sm2PrivateKey grant,
    List<PseudonymKey> consortium,
    PseudonymKey local,
    MemberSecret member) {
  public ActingKeys {
    consortium = List.copyOf(consortium);
    if (consortium.isEmpty()) {
      throw new IllegalArgumentException("at least one version of the consortium key is needed");
    }
  }

  @Override
  public String toString() {
    return "ActingKeys";
  }
}
