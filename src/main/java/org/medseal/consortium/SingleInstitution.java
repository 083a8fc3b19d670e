package org.medseal.consortium;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.medseal.consortium.ConsortiumPlan.Endpoints;
import org.medseal.consortium.ConsortiumPlan.Holder;
import org.medseal.consortium.ConsortiumPlan.RoleHolders;
import org.medseal.home.Endpoint;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;

/**
 * A consortium of one, for an institution that begins alone. It is not anonymous and cannot trace
 * across two.
 */
public final class SingleInstitution {
  private static final String LOOPBACK = "127.0.0.1";

  private SingleInstitution() {}

  /**
   * Founds it in an empty home, listening on the loopback address' usual ports or the next free
   * ones. The lines say what was made and what to do next.
   */
  public static List<String> found(Home home, Map<String, String> environment) {
    char[] passphrase = Passphrase.forNew(home, environment);
    ConsortiumPlan.Hospital hospital =
        new ConsortiumPlan.Hospital("hospital-1", home.root(), endpoints(), 1, passphrase);
    Path beside = Passphrase.besideOf(home);
    FoundConsortium found = new FoundConsortium(new SecureRandom(), System.currentTimeMillis());
    found.found(
        new ConsortiumPlan(
            "medseal",
            List.of(hospital),
            new RoleHolders(
                holder(beside, "custodian"), holder(beside, "issuer"), holder(beside, "opener"))));
    return List.of(
        "New consortium of one institution in " + home.root() + ", with fresh keys.",
        "First administrator, while it is not running: medseal user create-admin --home "
            + home.root()
            + " --login NAME --take custodian="
            + roleFile(beside, "custodian")
            + " --take opener="
            + roleFile(beside, "opener"));
  }

  private static Endpoints endpoints() {
    return new Endpoints(near(2575), near(11_112), near(8080), near(8443), near(26_656));
  }

  private static Endpoint near(int port) {
    return new Endpoint(LOOPBACK, new FreePorts(port).take());
  }

  private static Path roleFile(Path passphrases, String role) {
    return passphrases.resolveSibling(passphrases.getFileName() + "." + role);
  }

  private static Holder holder(Path passphrases, String role) {
    return new Holder(List.of(), Passphrase.writeGenerated(roleFile(passphrases, role)));
  }
}
