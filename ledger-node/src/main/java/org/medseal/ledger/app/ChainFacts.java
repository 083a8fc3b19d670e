package org.medseal.ledger.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/** The part of the state that no action of this version changes. */
record ChainFacts(
    String chainId,
    Hash genesisHash,
    List<Institution> institutions,
    ValidatorSet validators,
    Parameters parameters,
    Roles roles) {
  /** Who issues, who opens, and the group's parameters. */
  record Roles(String issuer, String opener, Bytes groupParameters) {}

  ChainFacts {
    institutions = List.copyOf(institutions);
  }

  static ChainFacts of(Genesis genesis) {
    List<Validator> validators = new ArrayList<>();
    for (Institution each : genesis.institutions()) {
      validators.add(
          new Validator(validators.size(), each.name(), each.validatorKey(), each.stake()));
    }
    return new ChainFacts(
        genesis.chainId(),
        Registries.genesisHash(genesis),
        genesis.institutions(),
        new ValidatorSet(validators),
        genesis.parameters(),
        new Roles(genesis.issuer(), genesis.opener(), genesis.groupParameters()));
  }

  Optional<Institution> institution(String name) {
    return institutions.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Different institutions that must approve a trace before it may be answered. */
  int approvalsNeeded() {
    return Math.min(2, institutions.size());
  }
}
