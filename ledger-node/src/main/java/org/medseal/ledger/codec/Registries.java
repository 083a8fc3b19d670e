package org.medseal.ledger.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/** Canonical form of what a genesis and the application's state register. */
public final class Registries {
  private static final int ED25519_KEY = 32;
  private static final int SM2_POINT = 65;
  private static final int GROUP_POINT = 48;
  private static final int JOIN_NONCE = 32;
  private static final int SIGNATURE = 64;
  private static final long MOST_STAKE = 1L << 53;

  private Registries() {}

  /**
   * What a join proof is bound to besides the nonce and {@link #groupId}: the institution's name
   * and signing key.
   */
  public static byte[] memberCertificate(Institution institution) {
    return new CanonicalWriter()
        .domain(Domain.MEMBER_CERTIFICATE)
        .string(institution.name())
        .fixed(institution.signingKey().requireLength(ED25519_KEY, "signing key"))
        .toByteArray();
  }

  /** The signing group's name in a join proof: the chain id in UTF-8. */
  public static byte[] groupId(String chainId) {
    return chainId.getBytes(StandardCharsets.UTF_8);
  }

  public static void writeInstitution(CanonicalWriter out, Institution institution) {
    out.domain(Domain.INSTITUTION)
        .string(institution.name())
        .fixed(institution.signingKey().requireLength(ED25519_KEY, "signing key"))
        .fixed(institution.grantKey().requireLength(SM2_POINT, "grant key"))
        .fixed(institution.validatorKey().requireLength(ED25519_KEY, "validator key"))
        .hash(institution.tlsPin())
        .string(institution.peerAddress())
        .u64(institution.stake());
  }

  public static Institution readInstitution(CanonicalReader in) {
    in.domain(Domain.INSTITUTION);
    return new Institution(
        in.string(Limits.NAME),
        in.fixed(ED25519_KEY),
        in.fixed(SM2_POINT),
        in.fixed(ED25519_KEY),
        in.hash(),
        in.string(Limits.ADDRESS),
        in.u64());
  }

  public static void writeMember(CanonicalWriter out, GroupMember member) {
    out.domain(Domain.GROUP_MEMBER)
        .string(member.institution())
        .fixed(member.commitment().requireLength(GROUP_POINT, "commitment"))
        .bytes(member.proof())
        .fixed(member.nonce().requireLength(JOIN_NONCE, "nonce"))
        .fixed(member.signature().requireLength(SIGNATURE, "signature"));
  }

  public static GroupMember readMember(CanonicalReader in) {
    in.domain(Domain.GROUP_MEMBER);
    return new GroupMember(
        in.string(Limits.NAME),
        in.fixed(GROUP_POINT),
        in.bytes(Limits.GROUP_OBJECT),
        in.fixed(JOIN_NONCE),
        in.fixed(SIGNATURE));
  }

  public static void writeCredential(CanonicalWriter out, EpochCredential credential) {
    out.string(credential.institution()).bytes(credential.credential());
  }

  public static EpochCredential readCredential(CanonicalReader in) {
    return new EpochCredential(in.string(Limits.NAME), in.bytes(Limits.GROUP_OBJECT));
  }

  public static void writeCustodians(CanonicalWriter out, CustodianSet custodians) {
    out.domain(Domain.CUSTODIAN_SET)
        .u32(custodians.version())
        .list(
            custodians.keys(),
            (each, key) ->
                each.string(key.institution())
                    .fixed(key.sm2Point().requireLength(SM2_POINT, "custodian key")));
  }

  public static CustodianSet readCustodians(CanonicalReader in) {
    in.domain(Domain.CUSTODIAN_SET);
    int version = in.u32();
    List<CustodianKey> keys =
        in.list(
            Limits.CUSTODIAN_KEYS,
            each -> new CustodianKey(each.string(Limits.NAME), each.fixed(SM2_POINT)));
    if (keys.isEmpty()) {
      throw new CodecException(Reason.BAD_VALUE, "custodian set without a key");
    }
    return new CustodianSet(version, keys);
  }

  public static void writeParameters(CanonicalWriter out, Parameters parameters) {
    out.domain(Domain.PARAMETERS)
        .u32(parameters.smallestAnonymitySet())
        .u32(parameters.stakeCapPercent())
        .u32(parameters.inlineLimitBytes())
        .u32(parameters.maxBlockBytes())
        .u32(parameters.maxExpiryBlocks())
        .u32(parameters.epochGraceBlocks());
    writeStakeParameters(out, parameters.stake());
    BlobParameters blobs = parameters.blobs();
    out.u32(blobs.replicas())
        .u32(blobs.receipts())
        .u64(blobs.quotaBytes())
        .u32(blobs.challengeBlocks())
        .u32(parameters.maxBlockRecords());
  }

  public static void writeStakeParameters(CanonicalWriter out, StakeParameters stake) {
    out.u32(stake.epochBlocks())
        .u64(stake.unbondingMs())
        .u32(stake.slashPercent())
        .u32(stake.downtimeWindowBlocks())
        .u32(stake.downtimeMissedBlocks())
        .u64(stake.jailMs())
        .u64(stake.votingMs());
  }

  public static StakeParameters readStakeParameters(CanonicalReader in) {
    return new StakeParameters(
        in.u32(), in.u64(), in.u32(), in.u32(), in.u32(), in.u64(), in.u64());
  }

  public static Parameters readParameters(CanonicalReader in) {
    in.domain(Domain.PARAMETERS);
    return new Parameters(
        in.u32(),
        in.u32(),
        in.u32(),
        in.u32(),
        in.u32(),
        in.u32(),
        readStakeParameters(in),
        new BlobParameters(in.u32(), in.u32(), in.u64(), in.u32()),
        in.u32());
  }

  public static void writeValidators(CanonicalWriter out, ValidatorSet validators) {
    out.domain(Domain.VALIDATOR_SET)
        .list(
            validators.validators(),
            (each, validator) ->
                each.string(validator.institution()).fixed(validator.key()).u64(validator.stake()));
  }

  public static ValidatorSet readValidators(CanonicalReader in) {
    in.domain(Domain.VALIDATOR_SET);
    int[] index = {0};
    List<Validator> validators =
        in.list(Limits.INSTITUTIONS, each -> readValidator(each, index[0]++));
    long left = MOST_STAKE;
    for (Validator each : validators) {
      if (each.stake() > left) {
        throw new CodecException(Reason.BAD_VALUE, "more stake than there can be");
      }
      left -= each.stake();
    }
    return new ValidatorSet(validators);
  }

  private static Validator readValidator(CanonicalReader in, int index) {
    String institution = in.string(Limits.NAME);
    Bytes key = in.fixed(ED25519_KEY);
    long stake = in.u64();
    if (stake == 0) {
      throw new CodecException(Reason.BAD_VALUE, "validator without stake");
    }
    return new Validator(index, institution, key, stake);
  }

  /** The chain's name for ever: what a genesis hash covers. */
  public static Hash genesisHash(Genesis genesis) {
    CanonicalWriter out =
        new CanonicalWriter()
            .domain(Domain.GENESIS)
            .string(genesis.chainId())
            .u64(genesis.timeMs())
            .list(genesis.institutions(), Registries::writeInstitution)
            .bytes(genesis.groupParameters())
            .bytes(genesis.groupPublicKey())
            .list(genesis.members(), Registries::writeMember)
            .list(genesis.credentials(), Registries::writeCredential)
            .string(genesis.issuer())
            .string(genesis.opener());
    writeCustodians(out, genesis.custodians());
    writeParameters(out, genesis.parameters());
    return Sha256.of(out);
  }
}
