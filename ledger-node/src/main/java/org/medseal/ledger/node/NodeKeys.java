package org.medseal.ledger.node;

import java.util.Arrays;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.net.TlsIdentity;

/** What a node signs and shows itself with. Closed by the caller, after the node. */
public record NodeKeys(Ed25519PrivateKey validator, TlsIdentity tls) {
  /** Position of the institution in the genesis; NodeException WRONG_KEYS unless all keys fit. */
  int positionIn(Genesis genesis, String institution) {
    for (int i = 0; i < genesis.institutions().size(); i++) {
      Institution each = genesis.institutions().get(i);
      if (each.name().equals(institution)) {
        requireKeysOf(each);
        return i;
      }
    }
    throw wrong(institution + " is not in the genesis");
  }

  private void requireKeysOf(Institution institution) {
    if (!Arrays.equals(validator.publicKey().bytes(), institution.validatorKey().toArray())) {
      throw wrong("the validator key is not the one the genesis names for " + institution.name());
    }
    if (!tls.pin().equals(institution.tlsPin())) {
      throw wrong("the TLS certificate is not the one the genesis pins for " + institution.name());
    }
  }

  private static NodeException wrong(String message) {
    return new NodeException(NodeException.Reason.WRONG_KEYS, message);
  }
}
