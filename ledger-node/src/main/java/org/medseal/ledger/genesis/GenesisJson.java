package org.medseal.ledger.genesis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.StakeParameters;

/** A genesis as JSON, keys in the order of the records. */
final class GenesisJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private GenesisJson() {}

  static Genesis read(JsonFields in) {
    Genesis genesis =
        new Genesis(
            in.text("chainId"),
            in.int64("timeMs"),
            in.list("institutions", GenesisJson::readInstitution),
            in.bytes("groupParameters"),
            in.bytes("groupPublicKey"),
            in.list("members", GenesisJson::readMember),
            in.list("credentials", GenesisJson::readCredential),
            in.text("issuer"),
            in.text("opener"),
            in.object("custodians", GenesisJson::readCustodians),
            in.object("parameters", GenesisJson::readParameters));
    in.end();
    return genesis;
  }

  static ObjectNode write(Genesis genesis) {
    ObjectNode out =
        NODES.objectNode().put("chainId", genesis.chainId()).put("timeMs", genesis.timeMs());
    ArrayNode institutions = out.putArray("institutions");
    genesis.institutions().forEach(each -> institutions.add(write(each)));
    out.put("groupParameters", genesis.groupParameters().hex())
        .put("groupPublicKey", genesis.groupPublicKey().hex());
    ArrayNode members = out.putArray("members");
    genesis.members().forEach(each -> members.add(write(each)));
    ArrayNode credentials = out.putArray("credentials");
    genesis.credentials().forEach(each -> credentials.add(write(each)));
    out.put("issuer", genesis.issuer()).put("opener", genesis.opener());
    out.set("custodians", write(genesis.custodians()));
    out.set("parameters", write(genesis.parameters()));
    return out;
  }

  private static Institution readInstitution(JsonFields in) {
    return new Institution(
        in.text("name"),
        in.bytes("signingKey", 32),
        in.bytes("grantKey", 65),
        in.bytes("validatorKey", 32),
        in.hash("tlsPin"),
        in.text("peerAddress"),
        in.int64("stake"));
  }

  private static ObjectNode write(Institution institution) {
    return NODES
        .objectNode()
        .put("name", institution.name())
        .put("signingKey", institution.signingKey().hex())
        .put("grantKey", institution.grantKey().hex())
        .put("validatorKey", institution.validatorKey().hex())
        .put("tlsPin", institution.tlsPin().hex())
        .put("peerAddress", institution.peerAddress())
        .put("stake", institution.stake());
  }

  private static GroupMember readMember(JsonFields in) {
    return new GroupMember(
        in.text("institution"),
        in.bytes("commitment", 48),
        in.bytes("proof"),
        in.bytes("nonce", 32),
        in.bytes("signature", 64));
  }

  private static ObjectNode write(GroupMember member) {
    return NODES
        .objectNode()
        .put("institution", member.institution())
        .put("commitment", member.commitment().hex())
        .put("proof", member.proof().hex())
        .put("nonce", member.nonce().hex())
        .put("signature", member.signature().hex());
  }

  private static EpochCredential readCredential(JsonFields in) {
    return new EpochCredential(in.text("institution"), in.bytes("credential"));
  }

  private static ObjectNode write(EpochCredential credential) {
    return NODES
        .objectNode()
        .put("institution", credential.institution())
        .put("credential", credential.credential().hex());
  }

  private static CustodianSet readCustodians(JsonFields in) {
    int version = in.int32("version");
    List<CustodianKey> keys =
        in.list(
            "keys", each -> new CustodianKey(each.text("institution"), each.bytes("sm2Point", 65)));
    if (keys.isEmpty()) {
      throw in.malformed(in.place("keys"), "must hold a key");
    }
    return new CustodianSet(version, keys);
  }

  private static ObjectNode write(CustodianSet custodians) {
    ObjectNode out = NODES.objectNode().put("version", custodians.version());
    ArrayNode keys = out.putArray("keys");
    for (CustodianKey key : custodians.keys()) {
      keys.add(
          NODES
              .objectNode()
              .put("institution", key.institution())
              .put("sm2Point", key.sm2Point().hex()));
    }
    return out;
  }

  private static Parameters readParameters(JsonFields in) {
    return new Parameters(
        in.int32("smallestAnonymitySet"),
        in.int32("stakeCapPercent"),
        in.int32("inlineLimitBytes"),
        in.int32("maxBlockBytes"),
        in.int32("maxExpiryBlocks"),
        in.int32("epochGraceBlocks"),
        in.object("stake", GenesisJson::readStake),
        in.object("blobs", GenesisJson::readBlobs),
        in.int32("maxBlockRecords"));
  }

  private static StakeParameters readStake(JsonFields in) {
    return new StakeParameters(
        in.int32("epochBlocks"),
        in.int64("unbondingMs"),
        in.int32("slashPercent"),
        in.int32("downtimeWindowBlocks"),
        in.int32("downtimeMissedBlocks"),
        in.int64("jailMs"),
        in.int64("votingMs"));
  }

  private static BlobParameters readBlobs(JsonFields in) {
    return new BlobParameters(
        in.int32("replicas"),
        in.int32("receipts"),
        in.int64("quotaBytes"),
        in.int32("challengeBlocks"));
  }

  private static ObjectNode write(Parameters parameters) {
    ObjectNode out = NODES.objectNode();
    out.put("smallestAnonymitySet", parameters.smallestAnonymitySet())
        .put("stakeCapPercent", parameters.stakeCapPercent())
        .put("inlineLimitBytes", parameters.inlineLimitBytes())
        .put("maxBlockBytes", parameters.maxBlockBytes())
        .put("maxExpiryBlocks", parameters.maxExpiryBlocks())
        .put("epochGraceBlocks", parameters.epochGraceBlocks())
        .put("maxBlockRecords", parameters.maxBlockRecords());
    StakeParameters stake = parameters.stake();
    out.putObject("stake")
        .put("epochBlocks", stake.epochBlocks())
        .put("unbondingMs", stake.unbondingMs())
        .put("slashPercent", stake.slashPercent())
        .put("downtimeWindowBlocks", stake.downtimeWindowBlocks())
        .put("downtimeMissedBlocks", stake.downtimeMissedBlocks())
        .put("jailMs", stake.jailMs())
        .put("votingMs", stake.votingMs());
    BlobParameters blobs = parameters.blobs();
    out.putObject("blobs")
        .put("replicas", blobs.replicas())
        .put("receipts", blobs.receipts())
        .put("quotaBytes", blobs.quotaBytes())
        .put("challengeBlocks", blobs.challengeBlocks());
    return out;
  }
}
