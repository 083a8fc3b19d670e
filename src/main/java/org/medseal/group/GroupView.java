package org.medseal.group;

import java.util.List;

/**
 * The signing group as the ledger has it.
 *
 * @param minimumMembers below which nobody seals
 * @param members every institution of the consortium, and those put out that were members
 * @param epochs from the first to the current one
 */
public record GroupView(
    int epoch,
    String issuer,
    String opener,
    int minimumMembers,
    List<Member> members,
    List<Epoch> epochs) {
  public GroupView {
    members = List.copyOf(members);
    epochs = List.copyOf(epochs);
  }

  /** MEMBER may sign now; JOINED waits for the next epoch; REVOKED was a member once. */
  public enum State {
    NOT_JOINED,
    JOINED,
    MEMBER,
    REVOKED
  }

  /**
   * An institution and where it stands.
   *
   * @param present whether it still belongs to the consortium
   */
  public record Member(String institution, State state, boolean present) {}

  /**
   * One epoch of the group.
   *
   * @param height of the block that started it; 0 for the first
   * @param members credentialed in it
   */
  public record Epoch(int epoch, long height, List<String> members) {
    public Epoch {
      members = List.copyOf(members);
    }
  }
}
