package org.medseal.ledger.genesis;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.genesis.GenesisException.Reason;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.StakeParameters;

/** What makes a genesis sound. Every rule names the key that breaks it. */
final class GenesisRules {
  /** Below this many institutions neither stake cap nor anonymity set can be asked for. */
  private static final int LIMITS_FROM = 4;

  /** Of the total; percentages and quorums of it stay far from overflow. */
  private static final long MOST_STAKE = 1L << 53;

  /** Most bytes of a record besides its ciphertext. */
  private static final int RECORD_OVERHEAD = 2048 + Limits.CUSTODIAN_KEYS * Limits.WRAPPED_KEY;

  private static final int LARGEST_BLOCK = 32 << 20;

  private final Genesis genesis;
  private final Map<String, Institution> institutions = new TreeMap<>();

  GenesisRules(Genesis genesis) {
    this.genesis = genesis;
  }

  void validate() {
    require(InstitutionShape.NAME.matcher(genesis.chainId()).matches(), "chainId", "is not a name");
    require(genesis.timeMs() >= 0, "timeMs", "is negative");
    validateInstitutions();
    validateUniqueness();
    validateStake();
    validateParameters(genesis.parameters());
    require(institutions.containsKey(genesis.issuer()), "issuer", "is no institution");
    require(institutions.containsKey(genesis.opener()), "opener", "is no institution");
    validateCustodians();
    new GroupRules(genesis, institutions).validate();
  }

  static void require(boolean holds, String key, String otherwise) {
    if (!holds) {
      throw new GenesisException(Reason.UNSOUND, "genesis: " + key + " " + otherwise);
    }
  }

  private void validateInstitutions() {
    List<Institution> all = genesis.institutions();
    require(!all.isEmpty(), "institutions", "are missing");
    require(all.size() <= Limits.INSTITUTIONS, "institutions", "are too many");
    for (Institution each : all) {
      String place = "institutions[" + institutions.size() + "]";
      InstitutionShape.fault(each)
          .ifPresent(fault -> require(false, place + "." + fault.key(), fault.otherwise()));
      require(institutions.put(each.name(), each) == null, place + ".name", "stands twice");
      require(each.stake() > 0, place + ".stake", "is not positive");
    }
  }

  private void validateUniqueness() {
    // One set for both: a key that signs votes must not sign transactions.
    requireUnique("signingKey or validatorKey", Institution::signingKey, Institution::validatorKey);
    requireUnique("grantKey", Institution::grantKey);
    requireUnique("tlsPin", each -> each.tlsPin().bytes());
    requireUnique(
        "peerAddress", each -> Bytes.of(each.peerAddress().getBytes(StandardCharsets.UTF_8)));
  }

  @SafeVarargs
  private void requireUnique(String key, Function<Institution, Bytes>... values) {
    Set<Bytes> seen = new HashSet<>();
    for (Institution each : genesis.institutions()) {
      for (Function<Institution, Bytes> value : values) {
        require(seen.add(value.apply(each)), key + " of " + each.name(), "is used twice");
      }
    }
  }

  private void validateStake() {
    long total = 0;
    for (Institution each : genesis.institutions()) {
      require(each.stake() <= MOST_STAKE - total, "stake of " + each.name(), "is too much");
      total += each.stake();
    }
    int cap = genesis.parameters().stakeCapPercent();
    if (institutions.size() < LIMITS_FROM) {
      require(cap == 0, "parameters.stakeCapPercent", "must be 0 below four institutions");
      return;
    }
    require(cap >= 1 && cap <= 33, "parameters.stakeCapPercent", "must be 1 to 33");
    for (Institution each : genesis.institutions()) {
      require(
          100 * each.stake() <= cap * total,
          "stake of " + each.name(),
          "is above the cap of " + cap + " % of the total");
    }
  }

  private void validateParameters(Parameters parameters) {
    int smallest = parameters.smallestAnonymitySet();
    if (institutions.size() < LIMITS_FROM) {
      require(
          smallest == 0, "parameters.smallestAnonymitySet", "must be 0 below four institutions");
    } else {
      require(
          smallest >= 2 && smallest <= genesis.credentials().size(),
          "parameters.smallestAnonymitySet",
          "must be 2 to the number of credentials");
    }
    require(
        parameters.inlineLimitBytes() >= 1024 && parameters.inlineLimitBytes() <= Limits.CIPHERTEXT,
        "parameters.inlineLimitBytes",
        "must be 1024 to " + Limits.CIPHERTEXT);
    require(
        parameters.maxBlockBytes() >= parameters.inlineLimitBytes() + RECORD_OVERHEAD
            && parameters.maxBlockBytes() <= LARGEST_BLOCK,
        "parameters.maxBlockBytes",
        "must hold a record of full size and be at most " + LARGEST_BLOCK);
    require(parameters.maxExpiryBlocks() >= 1, "parameters.maxExpiryBlocks", "must be positive");
    require(
        parameters.epochGraceBlocks() >= 0, "parameters.epochGraceBlocks", "must not be negative");
    validateStakeParameters(parameters.stake());
    require(
        parameters.maxBlockRecords() >= 1
            && parameters.maxBlockRecords() <= Limits.TRANSACTIONS_PER_BLOCK,
        "parameters.maxBlockRecords",
        "must be between 1 and " + Limits.TRANSACTIONS_PER_BLOCK);
    validateBlobParameters(parameters.blobs());
  }

  private void validateStakeParameters(StakeParameters stake) {
    stake
        .fault()
        .ifPresent(fault -> require(false, "parameters.stake." + fault.key(), fault.otherwise()));
  }

  private void validateBlobParameters(BlobParameters blobs) {
    require(
        blobs.receipts() >= 1 && blobs.receipts() <= blobs.replicas(),
        "parameters.blobs.receipts",
        "must be 1 to replicas");
    require(blobs.quotaBytes() >= 0, "parameters.blobs.quotaBytes", "must not be negative");
    require(blobs.challengeBlocks() >= 1, "parameters.blobs.challengeBlocks", "must be positive");
  }

  private void validateCustodians() {
    require(genesis.custodians().version() == 1, "custodians.version", "must be 1");
    List<CustodianKey> keys = genesis.custodians().keys();
    require(keys.size() <= Limits.CUSTODIAN_KEYS, "custodians.keys", "are too many");
    Set<Bytes> points = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      String place = "custodians.keys[" + i + "]";
      require(
          institutions.containsKey(keys.get(i).institution()),
          place + ".institution",
          "is no institution");
      require(
          RegistryProofs.isSm2Point(keys.get(i).sm2Point()),
          place + ".sm2Point",
          "is no SM2 point");
      require(points.add(keys.get(i).sm2Point()), place + ".sm2Point", "stands twice");
    }
  }
}
