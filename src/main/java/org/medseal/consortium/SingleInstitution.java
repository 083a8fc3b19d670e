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
  private static final Endpoints ENDPOINTS =
      new Endpoints(
          new Endpoint(LOOPBACK, 2575),
          new Endpoint(LOOPBACK, 8080),
          new Endpoint(LOOPBACK, 8443),
          new Endpoint(LOOPBACK, 26656));

  private SingleInstitution() {}

  /** Founds it in an empty home, listening on the loopback address' usual ports. */
  public static void found(Home home, Map<String, String> environment) {
    char[] passphrase = Passphrase.forNew(home, environment);
    ConsortiumPlan.Hospital hospital =
        new ConsortiumPlan.Hospital("hospital-1", home.root(), ENDPOINTS, 1, passphrase);
    Path beside = Passphrase.besideOf(home);
    FoundConsortium found = new FoundConsortium(new SecureRandom(), System.currentTimeMillis());
    found.found(
        new ConsortiumPlan(
            "medseal",
            List.of(hospital),
            new RoleHolders(
                holder(beside, "custodian"), holder(beside, "issuer"), holder(beside, "opener"))));
  }

  private static Holder holder(Path passphrases, String role) {
    Path file = passphrases.resolveSibling(passphrases.getFileName() + "." + role);
    return new Holder(List.of(), Passphrase.writeGenerated(file));
  }
}
