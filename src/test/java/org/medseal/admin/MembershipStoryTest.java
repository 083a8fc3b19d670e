package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.genesis.TlsProofs;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.TlsProof;
import org.medseal.ledger.net.TlsIdentity;
import org.medseal.users.Role;

class MembershipStoryTest {
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital first;
  private static TestHospital second;

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 2);
    first = new TestHospital(consortium, "hospital-1", folder);
    second = new TestHospital(consortium, "hospital-2", folder);
    first.has("one", Role.ADMIN);
    second.has("two", Role.ADMIN);
  }

  @AfterAll
  static void stop() {
    second.close();
    first.close();
    consortium.close();
  }

  private static JsonNode stake(String institution) throws Exception {
    for (JsonNode each : first.get("one", "/ledger/stakes").json().path("stakes")) {
      if (each.path("institution").asText().equals(institution)) {
        return each;
      }
    }
    throw new AssertionError("no stake of " + institution);
  }

  private static String granted(long units) throws Exception {
    TestHospital.Reply reply =
        first.post(
            "one",
            "/ledger/governance",
            "{\"kind\":\"STAKE_GRANT\",\"institution\":\"hospital-2\",\"units\":" + units + "}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json().path("id").asText();
  }

  private static JsonNode proposal(String id) throws Exception {
    for (JsonNode each : first.get("one", "/ledger/governance").json().path("proposals")) {
      if (each.path("id").asText().equals(id)) {
        return each;
      }
    }
    throw new AssertionError("no proposal " + id);
  }

  @Test
  void whatTheConsortiumGrantsIsBonded() throws Exception {
    String id = granted(5);
    assertThat(proposal(id).path("state").asText()).isEqualTo("OPEN");
    assertThat(
            second
                .post("two", "/ledger/governance/" + id + "/vote", "{\"vote\":\"APPROVE\"}")
                .status())
        .isEqualTo(200);
    assertThat(proposal(id).path("state").asText()).isEqualTo("ACCEPTED");
    assertThat(stake("hospital-2").path("free").asLong()).isEqualTo(5);
    assertThat(second.post("two", "/ledger/stake/bond", "{\"units\":5}").status()).isEqualTo(200);
    assertThat(stake("hospital-2").path("free").asLong()).isZero();
    TestHospital.Reply more = second.post("two", "/ledger/stake/bond", "{\"units\":1}");
    assertThat(more.status()).isEqualTo(409);
    assertThat(more.problem()).isEqualTo("ledger-refused");
  }

  @Test
  void aRejectedProposalStaysOpenAndGrantsNothing() throws Exception {
    long before = stake("hospital-2").path("granted").asLong();
    String id = granted(7);
    second.post("two", "/ledger/governance/" + id + "/vote", "{\"vote\":\"REJECT\"}");
    assertThat(proposal(id).path("state").asText()).isEqualTo("OPEN");
    assertThat(proposal(id).path("votes").path("hospital-2").asText()).isEqualTo("REJECT");
    assertThat(stake("hospital-2").path("granted").asLong()).isEqualTo(before);
  }

  @Test
  void aKeyWithoutItsProofIsRefused() throws Exception {
    Ed25519PrivateKey next = Ed25519PrivateKey.generate(new SecureRandom());
    Bytes key = Bytes.of(next.publicKey().bytes());
    String chainId = consortium.genesis.chainId();
    byte[] foreign = next.sign(MembershipActions.keyRotationSignBytes(chainId, "hospital-2", key));
    byte[] own = next.sign(MembershipActions.keyRotationSignBytes(chainId, "hospital-1", key));
    assertThat(rotation(key, foreign).status()).isEqualTo(409);
    assertThat(rotation(key, own).status()).isEqualTo(200);
    assertThat(rotation(key, own).status()).isEqualTo(409);
  }

  @Test
  void aNodeMovesUnderATlsKeyItHolds() throws Exception {
    TlsIdentity tls = TlsIdentity.selfSigned("hospital-1", Instant.EPOCH, new SecureRandom());
    String chainId = consortium.genesis.chainId();
    String address = "127.0.0.1:4321";
    TlsProof own = proof(tls, chainId, "hospital-1", address);
    assertThat(moved(proof(tls, chainId, "hospital-2", address), address).status()).isEqualTo(409);
    assertThat(moved(own, "127.0.0.1:4322").status()).isEqualTo(409);
    assertThat(moved(own, "nowhere").status()).isEqualTo(400);
    assertThat(moved(own, address).status()).isEqualTo(200);
    Institution registered =
        consortium.ledger("hospital-1").view().institution("hospital-1").orElseThrow();
    assertThat(registered.tlsPin()).isEqualTo(tls.pin());
    assertThat(registered.peerAddress()).isEqualTo(address);
  }

  private static TlsProof proof(
      TlsIdentity tls, String chainId, String institution, String address) {
    return TlsProofs.make(
        tls.certificate().getPublicKey(),
        tls.key(),
        MembershipActions.nodeMoveSignBytes(chainId, institution, tls.pin(), address));
  }

  private static TestHospital.Reply moved(TlsProof proof, String address) throws Exception {
    return first.post(
        "one",
        "/ledger/node-move",
        "{\"peerAddress\":\"%s\",\"tlsKey\":\"%s\",\"proof\":\"%s\"}"
            .formatted(address, proof.key().hex(), proof.signature().hex()));
  }

  @Test
  void rulesThatAreNotNamedStay() throws Exception {
    JsonNode before = first.get("one", "/ledger/stakes").json().path("rules");
    TestHospital.Reply proposed =
        first.post("one", "/ledger/governance", "{\"kind\":\"STAKE_RULES\",\"jailMs\":4321}");
    assertThat(proposed.status()).as(proposed.text()).isEqualTo(201);
    JsonNode rules = proposal(proposed.json().path("id").asText()).path("change").path("rules");
    assertThat(rules.path("jailMs").asLong()).isEqualTo(4321);
    assertThat(rules.path("slashPercent")).isEqualTo(before.path("slashPercent"));
  }

  private static TestHospital.Reply rotation(Bytes key, byte[] proof) throws Exception {
    return first.post(
        "one",
        "/ledger/validator-key",
        "{\"key\":\"" + key.hex() + "\",\"proof\":\"" + Bytes.of(proof).hex() + "\"}");
  }

  @Test
  void nonsenseIsAnswered400AndFreedomWithoutJail409() throws Exception {
    assertThat(first.post("one", "/ledger/stake/unbond", "{\"units\":-1}").status()).isEqualTo(400);
    assertThat(first.post("one", "/ledger/governance", "{\"kind\":\"COUP\"}").status())
        .isEqualTo(400);
    assertThat(
            first
                .post(
                    "one", "/ledger/governance", "{\"kind\":\"ADMISSION\",\"application\":\"0a\"}")
                .status())
        .isEqualTo(400);
    assertThat(first.post("one", "/ledger/stake/unjail", "").status()).isEqualTo(409);
  }
}
