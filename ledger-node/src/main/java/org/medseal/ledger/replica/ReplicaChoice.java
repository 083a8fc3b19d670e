package org.medseal.ledger.replica;

import java.util.Comparator;
import java.util.List;
import org.medseal.crypto.Digests;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.Domain;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * Which validators keep a blob: the first ones by rendezvous hash of its chunk root (Thaler and
 * Ravishankar 1998), author or not, so that the choice says nothing of the author and a changed set
 * moves as few blobs as possible. By institution, so that a rotated key moves none.
 */
public final class ReplicaChoice {
  private ReplicaChoice() {}

  /**
   * Highest score first.
   *
   * @param replicas how many; all validators if there are fewer
   */
  public static List<Validator> of(Hash chunkRoot, ValidatorSet validators, int replicas) {
    return validators.validators().stream()
        .map(validator -> new Scored(score(chunkRoot, validator), validator))
        .sorted(Comparator.comparing(Scored::score).reversed())
        .limit(replicas)
        .map(Scored::validator)
        .toList();
  }

  private record Scored(Hash score, Validator validator) {}

  private static Hash score(Hash chunkRoot, Validator validator) {
    return Hash.of(
        Digests.sha256(
            new CanonicalWriter()
                .domain(Domain.REPLICA_SCORE)
                .hash(chunkRoot)
                .string(validator.institution())
                .toByteArray()));
  }
}
