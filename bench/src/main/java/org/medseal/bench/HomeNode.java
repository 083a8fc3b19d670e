package org.medseal.bench;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.medseal.home.Endpoint;
import org.medseal.home.Home;
import org.medseal.home.NodeKeyring;
import org.medseal.home.Passphrase;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.net.TlsIdentity;
import org.medseal.ledger.node.LedgerNode;
import org.medseal.ledger.node.NodeKeys;
import org.medseal.ledger.node.NodeSettings;

/** The ledger node of a founded home, as an instance opens it; not started. */
public record HomeNode(Home home, NodeKeyring keyring, LedgerNode node) implements AutoCloseable {

  /** The passphrase lies beside the home, as {@code consortium init} leaves it. */
  public static HomeNode open(Path root, int positionInGenesis) {
    Home home = new Home(root);
    Genesis genesis = GenesisFile.read(home.genesisFile());
    Institution self = genesis.institutions().get(positionInGenesis);
    Endpoint peer = Endpoint.parse(self.peerAddress());
    NodeKeyring keyring = keyring(home, genesis);
    try {
      return new HomeNode(
          home,
          keyring,
          LedgerNode.open(
              NodeSettings.of(
                  root, genesis, self.name(), new InetSocketAddress(peer.host(), peer.port())),
              new NodeKeys(
                  keyring.validatorKey(),
                  new TlsIdentity(keyring.peerTlsCertificate(), keyring.peerTlsKey()))));
    } catch (RuntimeException e) {
      keyring.close();
      throw e;
    }
  }

  public static NodeKeyring keyring(Home home, Genesis genesis) {
    return NodeKeyring.open(home, genesis.chainId(), Passphrase.read(Passphrase.besideOf(home)));
  }

  @Override
  public void close() {
    try (keyring) {
      node.close();
    }
  }
}
