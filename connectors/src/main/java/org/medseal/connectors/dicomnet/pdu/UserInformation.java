package org.medseal.connectors.dicomnet.pdu;

import java.util.List;
import java.util.Optional;

/**
 * The user information item (PS3.7 annex D.3.3). Extended negotiation is read over; of a user
 * identity only that there is one is kept, never its content.
 *
 * @param maxPduBytes longest P-DATA-TF its sender takes, after the six bytes of the head; 0 for any
 * @param window operations outstanding at once, where that is negotiated
 */
public record UserInformation(
    long maxPduBytes,
    String implementationClassUid,
    Optional<String> implementationVersion,
    Optional<Window> window,
    List<Role> roles,
    boolean hasUserIdentity) {

  public UserInformation {
    roles = List.copyOf(roles);
  }

  /** Asynchronous operations window; 0 for any number. */
  public record Window(int invoked, int performed) {
    public static final Window ONE = new Window(1, 1);
  }

  /** SCP/SCU role selection of one SOP class. */
  public record Role(String sopClassUid, boolean scu, boolean scp) {}
}
