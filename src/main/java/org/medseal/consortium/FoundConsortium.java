package org.medseal.consortium;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Parameters;

/**
 * Founds a consortium on one machine: keys of every institution, the signing group, the custodian
 * set, the genesis, and one home each. The first institution is custodian and issuer, the second
 * (the first, where there is only one) the opener.
 */
public final class FoundConsortium {
  private static final int STAKE_CAP_PERCENT = 33;
  private static final int INLINE_LIMIT_BYTES = 64 << 10;
  private static final int MAX_BLOCK_BYTES = 4 << 20;
  private static final int MAX_EXPIRY_BLOCKS = 10_000;
  private static final int EPOCH_GRACE_BLOCKS = 10;
  private static final int CHAIN_SUFFIX_BYTES = 4;
  private static final int CONSORTIUM_KEY_BYTES = 32;

  private final SecureRandom random;
  private final long nowMs;

  public FoundConsortium(SecureRandom random, long nowMs) {
    this.random = random;
    this.nowMs = nowMs;
  }

  /**
   * Writes the homes of the plan; returns the certificate that signs their admin endpoints, PEM.
   */
  public String found(ConsortiumPlan plan) {
    byte[] suffix = new byte[CHAIN_SUFFIX_BYTES];
    random.nextBytes(suffix);
    String chainId = plan.name() + "-" + HexFormat.of().formatHex(suffix);
    AdminCertificates certificates = new AdminCertificates(plan.name(), random);
    List<FoundedInstitution> institutions =
        plan.hospitals().stream().map(h -> FoundedInstitution.of(h, certificates, random)).toList();
    GroupSetup group = GroupSetup.of(chainId, institutions, random);
    try (SecretBytes consortiumKey = SecretBytes.random(CONSORTIUM_KEY_BYTES, random);
        Sm2PrivateKey custodian = Sm2PrivateKey.generate(random)) {
      Genesis genesis = genesis(chainId, institutions, group, custodian);
      GenesisFile.validate(genesis);
      String authority = AdminCertificates.pem(certificates.authority());
      for (FoundedInstitution institution : institutions) {
        HomeFiles.write(institution, genesis, consortiumKey, authority);
      }
      RoleKeyFiles roles = new RoleKeyFiles(plan.holders());
      roles.custodian(homeOf(institutions, 0), custodian);
      roles.issuer(homeOf(institutions, 0), group.issuer());
      roles.opener(homeOf(institutions, openerIndex(institutions)), group.opener());
      return authority;
    }
  }

  private Genesis genesis(
      String chainId,
      List<FoundedInstitution> institutions,
      GroupSetup group,
      Sm2PrivateKey custodian) {
    String first = institutions.get(0).plan().name();
    CustodianSet.CustodianKey key =
        new CustodianSet.CustodianKey(first, Bytes.of(custodian.publicKey().point()));
    return new Genesis(
        chainId,
        nowMs,
        institutions.stream().map(FoundedInstitution::registered).toList(),
        group.parameters(),
        group.publicKey(),
        group.members(),
        group.credentials(),
        first,
        institutions.get(openerIndex(institutions)).plan().name(),
        new CustodianSet(1, List.of(key)),
        parameters(institutions.size()));
  }

  private static Parameters parameters(int institutions) {
    boolean limits = institutions >= ConsortiumPlan.SMALLEST_WITH_LIMITS;
    return new Parameters(
        limits ? ConsortiumPlan.SMALLEST_WITH_LIMITS : 0,
        limits ? STAKE_CAP_PERCENT : 0,
        INLINE_LIMIT_BYTES,
        MAX_BLOCK_BYTES,
        MAX_EXPIRY_BLOCKS,
        EPOCH_GRACE_BLOCKS);
  }

  private static int openerIndex(List<FoundedInstitution> institutions) {
    return institutions.size() > 1 ? 1 : 0;
  }

  private static Path homeOf(List<FoundedInstitution> institutions, int index) {
    return institutions.get(index).plan().home();
  }
}
