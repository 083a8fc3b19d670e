package org.medseal.ledger.node;

import java.util.List;
import java.util.Optional;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.engine.embedded.Signer;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.net.TlsIdentity;

/**
 * What a node signs and shows itself with. Closed by the caller, after the node.
 *
 * @param validators every validator key of the institution, the earlier ones too: which one signs
 *     is the ledger's to say
 */
public record NodeKeys(List<Ed25519PrivateKey> validators, TlsIdentity tls) {
  public NodeKeys {
    validators = List.copyOf(validators);
  }

  public NodeKeys(Ed25519PrivateKey validator, TlsIdentity tls) {
    this(List.of(validator), tls);
  }

  /** The newest validator key. */
  public Ed25519PrivateKey validator() {
    return validators.get(validators.size() - 1);
  }

  Signer signer() {
    return new Signer() {
      @Override
      public boolean holds(Bytes key) {
        return find(key).isPresent();
      }

      @Override
      public byte[] sign(Bytes key, byte[] message) {
        return find(key).orElseThrow().sign(message);
      }
    };
  }

  private Optional<Ed25519PrivateKey> find(Bytes key) {
    return validators.stream()
        .filter(each -> Bytes.of(each.publicKey().bytes()).equals(key))
        .findFirst();
  }

  /**
   * NodeException WRONG_KEYS unless the genesis names the institution with one of these validator
   * keys, or it is still to join.
   */
  void requireFit(Genesis genesis, String institution, boolean joining) {
    Optional<Institution> named =
        genesis.institutions().stream().filter(each -> each.name().equals(institution)).findFirst();
    if (named.isEmpty() && !joining) {
      throw wrong(institution + " is not in the genesis; a hospital that joins has to say so");
    }
    if (named.isPresent() && find(named.get().validatorKey()).isEmpty()) {
      throw wrong("no validator key here is the one the genesis names for " + institution);
    }
  }

  private static NodeException wrong(String message) {
    return new NodeException(NodeException.Reason.WRONG_KEYS, message);
  }
}
