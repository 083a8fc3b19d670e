package org.medseal.ledger.genesis;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.model.Institution;

/** What an institution must look like, in the genesis and when it is admitted later. */
public final class InstitutionShape {
  /** Names appear in logs and URLs. */
  static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?");

  private static final Pattern ADDRESS = Pattern.compile("([^:\\s]+|\\[[^]\\s]+]):\\d{1,5}");

  /** What is wrong, and with which field. */
  public record Fault(String key, String otherwise) {}

  private InstitutionShape() {}

  /** The first that does not hold; its stake is left to the caller. */
  public static Optional<Fault> fault(Institution institution) {
    if (!isName(institution.name())) {
      return Optional.of(new Fault("name", "is not a name"));
    }
    if (!RegistryProofs.isEd25519Key(institution.signingKey())) {
      return Optional.of(new Fault("signingKey", "is no Ed25519 key"));
    }
    if (!RegistryProofs.isEd25519Key(institution.validatorKey())) {
      return Optional.of(new Fault("validatorKey", "is no Ed25519 key"));
    }
    if (!RegistryProofs.isSm2Point(institution.grantKey())) {
      return Optional.of(new Fault("grantKey", "is no SM2 point"));
    }
    return isAddress(institution.peerAddress())
        ? Optional.empty()
        : Optional.of(new Fault("peerAddress", "is not host:port"));
  }

  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** host:port, of bounded length: its bytes count, for they are what is written. */
  public static boolean isAddress(String peerAddress) {
    return peerAddress.length() <= Limits.ADDRESS
        && peerAddress.getBytes(StandardCharsets.UTF_8).length <= Limits.ADDRESS
        && ADDRESS.matcher(peerAddress).matches();
  }
}
