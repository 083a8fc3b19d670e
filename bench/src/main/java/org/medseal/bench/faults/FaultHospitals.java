package org.medseal.bench.faults;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.medseal.bench.HomeNode;
import org.medseal.consortium.ConsortiumPlan;
import org.medseal.consortium.FoundConsortium;
import org.medseal.consortium.FreePorts;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.home.Endpoint;
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

/** Four founded homes, each with its node's address in a namespace, and their signing keys. */
final class FaultHospitals {
  static final int SIZE = 4;
  static final int PEER_PORT = 7_000;
  private static final int BODY_BYTES = 800;
  private static final long EXPIRY_BLOCKS = 9_000;

  private final SecureRandom random = new SecureRandom();
  private final List<Path> homes = new ArrayList<>();
  private final List<Ed25519PrivateKey> signing = new ArrayList<>();
  private final Genesis genesis;

  FaultHospitals(Path root) {
    List<Long> stakes = ConsortiumPlan.stakes(SIZE);
    List<ConsortiumPlan.Hospital> planned = new ArrayList<>();
    FreePorts ports = new FreePorts(22_001);
    for (int i = 0; i < SIZE; i++) {
      Home home = new Home(root.resolve(String.valueOf(i + 1)));
      homes.add(home.root());
      ConsortiumPlan.Endpoints local = ConsortiumPlan.Endpoints.onLoopback(ports);
      planned.add(
          new ConsortiumPlan.Hospital(
              "hospital-" + (i + 1),
              home.root(),
              new ConsortiumPlan.Endpoints(
                  local.mllp(),
                  local.dicom(),
                  local.fhir(),
                  local.admin(),
                  new Endpoint(Switchboard.address(i), PEER_PORT)),
              stakes.get(i),
              Passphrase.writeGenerated(Passphrase.besideOf(home))));
    }
    ConsortiumPlan.Holder holder = new ConsortiumPlan.Holder(List.of(), Passphrase.generate());
    new FoundConsortium(random, System.currentTimeMillis())
        .found(
            new ConsortiumPlan(
                "faults", planned, new ConsortiumPlan.RoleHolders(holder, holder, holder)));
    genesis = GenesisFile.read(new Home(homes.get(0)).genesisFile());
    for (Path each : homes) {
      try (NodeKeyring keyring = HomeNode.keyring(new Home(each), genesis)) {
        signing.add(keyring.institutionKey());
      }
    }
  }

  Genesis genesis() {
    return genesis;
  }

  Path home(int node) {
    return homes.get(node);
  }

  /** About 1 kB, signed by that hospital. */
  IdentifiedTransaction transaction(int node, long height) {
    byte[] body = new byte[BODY_BYTES];
    random.nextBytes(body);
    byte[] nonce = new byte[InstitutionTransaction.NONCE_LENGTH];
    random.nextBytes(nonce);
    Action action =
        new Action.AccessRequest(
            Instant.now().plus(Duration.ofDays(1)).toEpochMilli(), Bytes.of(body));
    InstitutionTransaction unsigned = signed(node, height, nonce, action, new byte[64]);
    byte[] signature = signing.get(node).sign(Transactions.institutionSignBytes(unsigned));
    return Transactions.identify(signed(node, height, nonce, action, signature));
  }

  private InstitutionTransaction signed(
      int node, long height, byte[] nonce, Action action, byte[] signature) {
    return new InstitutionTransaction(
        genesis.chainId(),
        genesis.institutions().get(node).name(),
        height + EXPIRY_BLOCKS,
        Bytes.of(nonce),
        action,
        Bytes.of(signature));
  }
}
