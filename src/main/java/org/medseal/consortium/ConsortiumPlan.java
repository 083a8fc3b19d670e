package org.medseal.consortium;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medseal.home.Endpoint;

/** Who takes part in a new consortium, where each listens, and who may unlock the role keys. */
public record ConsortiumPlan(String name, List<Hospital> hospitals, RoleHolders holders) {
  /** Below this many institutions the anonymity minimum and the stake cap are off. */
  public static final int SMALLEST_WITH_LIMITS = 4;

  /**
   * One institution to be.
   *
   * @param stake whole units
   * @param passphrase of its node key file
   */
  @SuppressWarnings("ArrayRecordComponent") // a passphrase, wiped by its owner; never compared
  public record Hospital(
      String name, Path home, Endpoints endpoints, long stake, char[] passphrase) {}

  /** Where an institution listens. */
  public record Endpoints(
      Endpoint mllp, Endpoint dicom, Endpoint fhir, Endpoint admin, Endpoint peer) {
    private static final String LOOPBACK = "127.0.0.1";

    /** On the loopback address, on the next five ports nobody listens on. */
    public static Endpoints onLoopback(FreePorts ports) {
      Endpoint mllp = new Endpoint(LOOPBACK, ports.take());
      Endpoint dicom = new Endpoint(LOOPBACK, ports.take());
      Endpoint fhir = new Endpoint(LOOPBACK, ports.take());
      Endpoint admin = new Endpoint(LOOPBACK, ports.take());
      return new Endpoints(mllp, dicom, fhir, admin, new Endpoint(LOOPBACK, ports.take()));
    }
  }

  /** Holders of the three role keys: the custodian's, the issuer's and the opener's. */
  public record RoleHolders(Holder custodian, Holder issuer, Holder opener) {}

  /**
   * Who unlocks a role key.
   *
   * @param logins users the key file names; may be empty until one is bound
   */
  @SuppressWarnings("ArrayRecordComponent") // a passphrase, never compared
  public record Holder(List<String> logins, char[] passphrase) {
    public Holder {
      logins = List.copyOf(logins);
    }
  }

  public ConsortiumPlan {
    hospitals = List.copyOf(hospitals);
    if (hospitals.isEmpty()) {
      throw new IllegalArgumentException("a consortium has at least one hospital");
    }
  }

  /**
   * Unequal whole stakes for {@code count} hospitals, none above a third from four hospitals on.
   */
  public static List<Long> stakes(int count) {
    if (count == SMALLEST_WITH_LIMITS) {
      return List.of(30L, 26L, 24L, 20L);
    }
    List<Long> stakes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stakes.add(20L + (count - i) % 4);
    }
    return stakes;
  }
}
