package org.medseal.consortium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.keystore.KeyFile;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.home.NodeKeyring;
import org.medseal.home.Passphrase;
import org.medseal.home.RoleKey;
import org.medseal.home.RoleKeyBinding;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;

class LocalConsortiumTest {
  @TempDir private Path out;

  @Test
  void everyHomeHoldsTheSameGenesisAndTheKeysItNames() {
    LocalConsortium.found(out, 4, Map.of());
    Genesis genesis = GenesisFile.read(home(1).genesisFile());
    GenesisFile.validate(genesis);
    assertThat(genesis.parameters().stakeCapPercent()).isPositive();
    for (int i = 1; i <= 4; i++) {
      assertThat(GenesisFile.read(home(i).genesisFile())).isEqualTo(genesis);
      try (NodeKeyring ring = keyring(i, genesis)) {
        var registered = genesis.institutions().get(i - 1);
        assertThat(Bytes.of(ring.institutionKey().publicKey().bytes()))
            .isEqualTo(registered.signingKey());
        assertThat(Bytes.of(ring.grantKey().publicKey().point())).isEqualTo(registered.grantKey());
        assertThat(ring.peerTlsCertificate().getPublicKey().getAlgorithm()).isEqualTo("EC");
      }
    }
  }

  @Test
  void pseudonymsOfOneNationalNumberAgreeBetweenHomesAndLocalOnesDoNot() {
    LocalConsortium.found(out, 4, Map.of());
    Genesis genesis = GenesisFile.read(home(1).genesisFile());
    var id = new org.medseal.crypto.pseudonym.PatientIdentifier("1.2.3", "NI", "12345678");
    try (NodeKeyring one = keyring(1, genesis);
        NodeKeyring two = keyring(2, genesis)) {
      assertThat(one.consortiumPseudonymKey().pseudonym(id))
          .isEqualTo(two.consortiumPseudonymKey().pseudonym(id));
      assertThat(one.localPseudonymKey().pseudonym(id))
          .isNotEqualTo(two.localPseudonymKey().pseudonym(id));
    }
  }

  @Test
  void limitsAreOffBelowFourInstitutions() {
    LocalConsortium.found(out, 3, Map.of());
    Genesis genesis = GenesisFile.read(home(1).genesisFile());
    assertThat(genesis.parameters().stakeCapPercent()).isZero();
    assertThat(genesis.parameters().smallestAnonymitySet()).isZero();
  }

  @Test
  void aRoleKeyHandedOverOpensWithItsHoldersPasswordAlone() {
    LocalConsortium.found(out, 2, Map.of());
    Path founded = out.resolve("custodian.passphrase");
    char[] password = "a password of some length".toCharArray();
    new RoleKeyBinding(home(1))
        .bind(RoleKey.CUSTODIAN, Passphrase.read(founded), "admin-1", password);
    Path file = RoleKey.CUSTODIAN.file(home(1));
    try (KeyFile opened = KeyFile.open(file, password)) {
      assertThat(opened.users()).containsExactly("admin-1");
      assertThat(opened.names()).containsExactly(RoleKey.CUSTODIAN.entry());
    }
    assertThatThrownBy(() -> KeyFile.open(file, Passphrase.read(founded)))
        .hasMessageContaining("custodian.keys");
  }

  @Test
  void aWrongPassphraseNamesTheKeyFile() {
    LocalConsortium.found(out, 2, Map.of());
    assertThatThrownBy(() -> NodeKeyring.open(home(1), "chain", "wrong".toCharArray()))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("node.keys");
  }

  @Test
  void thePassphraseOfTheEnvironmentIsUsedForEveryHome() throws IOException {
    Path file = Files.writeString(out.resolve("given"), "correct horse battery staple\n");
    Map<String, String> environment = Map.of(Passphrase.FILE_VARIABLE, file.toString());
    LocalConsortium.found(out, 2, environment);
    assertThat(Passphrase.besideOf(home(1))).doesNotExist();
    Genesis genesis = GenesisFile.read(home(2).genesisFile());
    NodeKeyring.open(home(2), genesis.chainId(), Passphrase.of(home(2), environment)).close();
  }

  private Home home(int number) {
    return new Home(out.resolve(String.valueOf(number)));
  }

  private NodeKeyring keyring(int number, Genesis genesis) {
    return NodeKeyring.open(home(number), genesis.chainId(), Passphrase.of(home(number), Map.of()));
  }
}
