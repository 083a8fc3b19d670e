package org.medseal.ledger.app;

import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Parameters;

/**
 * The part of the state that no action of this version changes.
 *
 * @param parameters of the genesis; the rules for stake in force stand in the membership
 */
record ChainFacts(String chainId, Hash genesisHash, Parameters parameters, Roles roles) {
  /** Who issues, who opens, and the group's parameters. */
  record Roles(String issuer, String opener, Bytes groupParameters) {}

  static ChainFacts of(Genesis genesis) {
    return new ChainFacts(
        genesis.chainId(),
        Registries.genesisHash(genesis),
        genesis.parameters(),
        new Roles(genesis.issuer(), genesis.opener(), genesis.groupParameters()));
  }
}
