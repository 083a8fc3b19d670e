package org.medseal.tracing;

import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.Opening;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordCore;

/**
 * A record whose signature is right and opens to a credential that the registry does not hold. Only
 * the issuer of that epoch can have made it, so this is evidence against the issuer.
 */
public record UnregisteredProof(String recordId, SignedCore core, String a, String openingProof)
    implements TraceFinding {
  static UnregisteredProof of(Hash recordId, RecordCore core, Opening opening) {
    return new UnregisteredProof(
        recordId.hex(),
        SignedCore.of(core),
        Bytes.of(opening.a48()).hex(),
        Bytes.of(opening.proof()).hex());
  }

  @Override
  public boolean concludes(GroupPublicKey key, Registry registry) {
    return registry.credentialByA(core.epoch(), Bytes.fromHex(a)).isEmpty();
  }
}
