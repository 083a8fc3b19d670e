package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.consortium.SingleInstitution;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.home.Home;
import org.medseal.home.NodeKeyring;
import org.medseal.home.Passphrase;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.net.TlsIdentity;
import org.medseal.ledger.node.LedgerNode;
import org.medseal.ledger.node.NodeKeys;
import org.medseal.ledger.node.NodeSettings;

/** Proofs as an auditor meets them: files, a genesis or a checkpoint, and exit codes. */
class LedgerProofCommandTest {
  private static final int BLOCKS = 3;
  private static @TempDir Path folder;
  private static Home home;
  private static List<String> ids;
  private static List<String> checkpoints;

  @BeforeAll
  static void commitSomething() throws IOException {
    home = new Home(folder.resolve("home"));
    home.create();
    SingleInstitution.found(home, Map.of());
    nothingListens();
    Genesis genesis = GenesisFile.read(home.genesisFile());
    ids = new ArrayList<>();
    checkpoints = new ArrayList<>();
    NodeSettings settings =
        NodeSettings.of(
            home.root(),
            genesis,
            genesis.institutions().get(0).name(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (NodeKeyring ring =
            NodeKeyring.open(home, genesis.chainId(), Passphrase.of(home, Map.of()));
        Ed25519PrivateKey validator = ring.validatorKey();
        Ed25519PrivateKey signing = ring.institutionKey();
        LedgerNode node =
            LedgerNode.open(
                settings,
                new NodeKeys(
                    validator, new TlsIdentity(ring.peerTlsCertificate(), ring.peerTlsKey())))) {
      node.start();
      for (int i = 0; i < BLOCKS; i++) {
        IdentifiedTransaction transaction = request(genesis, signing, i);
        node.submit(transaction.transaction());
        await().atMost(Duration.ofSeconds(60)).until(() -> node.find(transaction.id()).isPresent());
        ids.add(transaction.id().hex());
        checkpoints.add(node.audit().checkpoint(i + 1).orElseThrow().toString());
      }
    }
  }

  /** Whatever runs beside this test, nobody answers on port 1. */
  private static void nothingListens() throws IOException {
    String settings = Files.readString(home.settingsFile());
    Files.writeString(
        home.settingsFile(),
        settings.replaceAll("(?m)^medseal\\.admin\\.port\\s*=.*$", "medseal.admin.port=1"));
  }

  private static IdentifiedTransaction request(
      Genesis genesis, Ed25519PrivateKey signing, int number) {
    byte[] nonce = new byte[16];
    nonce[0] = (byte) number;
    InstitutionTransaction unsigned =
        new InstitutionTransaction(
            genesis.chainId(),
            genesis.institutions().get(0).name(),
            1_000,
            Bytes.of(nonce),
            new Action.AccessRequest(
                Instant.now().plus(Duration.ofDays(1)).toEpochMilli(), Bytes.of(new byte[600])),
            Bytes.of(new byte[64]));
    byte[] signature = signing.sign(Transactions.institutionSignBytes(unsigned));
    return Transactions.identify(
        new InstitutionTransaction(
            unsigned.chainId(),
            unsigned.institution(),
            unsigned.expiryHeight(),
            unsigned.nonce(),
            unsigned.action(),
            Bytes.of(signature)));
  }

  @Test
  void aProofExportedFromAHomeAtRestHoldsWithTheGenesisAlone() {
    Path file = exported("genesis.json-only", "--tx", ids.get(1));
    assertThat(verify(file, "--genesis", home.genesisFile().toString())).isZero();
    assertThat(verify(file, "--genesis", home.genesisFile().toString(), "--json", "--fresh"))
        .isZero();
  }

  @Test
  void aProofForACheckpointHoldsWithTheCheckpointAlone() {
    Path before = exported("before", "--tx", ids.get(0), "--checkpoint", "3");
    assertThat(verify(before, "--checkpoint", checkpoints.get(2))).isZero();
    Path after = exported("after", "--tx", ids.get(2), "--checkpoint", checkpoints.get(0));
    assertThat(verify(after, "--checkpoint", checkpoints.get(0))).isZero();
    assertThat(verify(after, "--checkpoint", checkpoints.get(1))).isEqualTo(1);
    String forged = checkpoints.get(0).replaceAll(":.*", ":" + "00".repeat(32));
    assertThat(verify(after, "--checkpoint", forged)).isEqualTo(1);
  }

  @Test
  void besideACheckpointTheGenesisSaysHowLongStakeUnbonds() throws IOException {
    Path file = exported("unbonding", "--tx", ids.get(2), "--checkpoint", checkpoints.get(0));
    assertThat(judged(file)).contains("holds: ").contains("CAVEAT: the trust period");
    assertThat(judged(file, "--trust-days", "14")).contains("holds: ").doesNotContain("CAVEAT");
    assertThat(judged(file, "--genesis", home.genesisFile().toString()))
        .contains("holds: ")
        .doesNotContain("CAVEAT");
    String chainId = GenesisFile.read(home.genesisFile()).chainId();
    Home other = new Home(folder.resolve("other-chain"));
    other.create();
    SingleInstitution.found(other, Map.of());
    assertThat(GenesisFile.read(other.genesisFile()).chainId()).isNotEqualTo(chainId);
    assertThat(judged(file, "--genesis", other.genesisFile().toString()))
        .contains("does not hold: the genesis is of another chain");
  }

  private static String judged(Path file, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "ledger",
                "proof",
                "--verify",
                file.toString(),
                "--checkpoint",
                checkpoints.get(0)));
    all.addAll(List.of(options));
    StringWriter out = new StringWriter();
    MedSeal.commandLine().setOut(new PrintWriter(out, true)).execute(all.toArray(String[]::new));
    return out.toString();
  }

  @Test
  void theHistoryIsShownToHaveOnlyGrown() {
    Path file = exported("grown", "--consistency", "--from", "2", "--to", "3");
    assertThat(verify(file, "--genesis", home.genesisFile().toString())).isZero();
  }

  @Test
  void aChangedProofDoesNotHold() throws IOException {
    Path file = exported("changed", "--tx", ids.get(2));
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    Files.writeString(file, text.replace(ids.get(2), ids.get(1)));
    assertThat(verify(file, "--genesis", home.genesisFile().toString())).isEqualTo(1);
    assertThat(verify(file, "--genesis", home.genesisFile().toString(), "--json")).isEqualTo(1);
  }

  @Test
  void whatIsNotThereFails() {
    String out = folder.resolve("nothing").toString();
    assertThat(proof("--tx", "00".repeat(32), "--out", out)).isEqualTo(1);
    assertThat(proof("--consistency", "--from", "2", "--to", "9", "--out", out)).isEqualTo(1);
    assertThat(verify(folder.resolve("absent"), "--checkpoint", checkpoints.get(0))).isEqualTo(1);
    assertThat(folder.resolve("nothing")).doesNotExist();
  }

  @Test
  void wrongUsageIsTwo() {
    String out = folder.resolve("unused").toString();
    assertThat(proof()).isEqualTo(2);
    assertThat(proof("--tx", ids.get(0))).isEqualTo(2);
    assertThat(proof("--tx", "12", "--out", out)).isEqualTo(2);
    assertThat(proof("--tx", ids.get(0), "--consistency", "--out", out)).isEqualTo(2);
    assertThat(proof("--consistency", "--from", "2", "--out", out)).isEqualTo(2);
    assertThat(proof("--consistency", "--from", "3", "--to", "2", "--out", out)).isEqualTo(2);
    assertThat(proof("--verify", out)).isEqualTo(2);
    assertThat(proof("--verify", out, "--checkpoint", "12")).isEqualTo(2);
  }

  @Test
  void theCheckpointOfAHomeAtRestIsPrinted() {
    assertThat(MedSeal.execute("ledger", "checkpoint", "--home", home.root().toString())).isZero();
    assertThat(
            MedSeal.execute(
                "ledger", "checkpoint", "--home", home.root().toString(), "--height", "99"))
        .isEqualTo(1);
  }

  @Test
  void theWholeLedgerHoldsAndTheStatusOfANodeThatDoesNotRunFails() {
    assertThat(MedSeal.execute("ledger", "verify", "--home", home.root().toString())).isZero();
    assertThat(MedSeal.execute("ledger", "status", "--home", home.root().toString())).isEqualTo(1);
    assertThat(MedSeal.execute("ledger", "consensus", "--home", home.root().toString()))
        .isEqualTo(1);
    assertThat(MedSeal.execute("ledger", "validators", "--home", home.root().toString()))
        .isEqualTo(1);
  }

  private static Path exported(String name, String... options) {
    Path file = folder.resolve(name + ".proof.json");
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--out", file.toString()));
    assertThat(proof(all.toArray(String[]::new))).isZero();
    return file;
  }

  private static int proof(String... options) {
    List<String> all =
        new ArrayList<>(List.of("ledger", "proof", "--home", home.root().toString()));
    all.addAll(List.of(options));
    return MedSeal.execute(all.toArray(String[]::new));
  }

  /** As somebody without a home. */
  private static int verify(Path file, String... options) {
    List<String> all = new ArrayList<>(List.of("ledger", "proof", "--verify", file.toString()));
    all.addAll(List.of(options));
    return MedSeal.execute(all.toArray(String[]::new));
  }
}
