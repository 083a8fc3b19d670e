package org.medseal.consortium;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medseal.consortium.ConsortiumPlan.Endpoints;
import org.medseal.consortium.ConsortiumPlan.Holder;
import org.medseal.consortium.ConsortiumPlan.RoleHolders;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.home.Passphrase;

/**
 * A consortium whose homes are written side by side, to be carried to their hospitals or run where
 * they are.
 */
public final class LocalConsortium {
  private static final int FIRST_PORT = 21_001;

  private LocalConsortium() {}

  /** Writes {@code out/1} to {@code out/N}; the lines say what was written and what to do next. */
  public static List<String> found(Path out, int hospitals, Map<String, String> environment) {
    List<Long> stakes = ConsortiumPlan.stakes(hospitals);
    FreePorts ports = new FreePorts(FIRST_PORT);
    List<ConsortiumPlan.Hospital> planned = new ArrayList<>();
    for (int i = 0; i < hospitals; i++) {
      Home home = new Home(out.resolve(String.valueOf(i + 1)));
      planned.add(
          new ConsortiumPlan.Hospital(
              "hospital-" + (i + 1),
              home.root(),
              Endpoints.onLoopback(ports),
              stakes.get(i),
              Passphrase.forNew(home, environment)));
    }
    RoleHolders holders =
        new RoleHolders(holder(out, "custodian"), holder(out, "issuer"), holder(out, "opener"));
    String authority =
        new FoundConsortium(new SecureRandom(), System.currentTimeMillis())
            .found(new ConsortiumPlan("medseal", planned, holders));
    write(out.resolve("ca.pem"), authority);
    return lines(out, planned);
  }

  private static List<String> lines(Path out, List<ConsortiumPlan.Hospital> planned) {
    List<String> lines = new ArrayList<>();
    for (ConsortiumPlan.Hospital hospital : planned) {
      lines.add(
          "%s: %s (stake %d, node %s, admin https://%s)"
              .formatted(
                  hospital.name(),
                  hospital.home(),
                  hospital.stake(),
                  hospital.endpoints().peer(),
                  hospital.endpoints().admin()));
    }
    lines.add("Admin endpoints are signed by " + out.resolve("ca.pem"));
    lines.add(
        "Role keys open with the passphrases in "
            + out.resolve("custodian.passphrase")
            + ", issuer.passphrase and opener.passphrase; give each to its holder (user create-admin --take) and delete the file.");
    return lines;
  }

  private static Holder holder(Path out, String role) {
    return new Holder(List.of(), Passphrase.writeGenerated(out.resolve(role + ".passphrase")));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new HomeException(
          HomeException.Reason.SETTINGS, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
