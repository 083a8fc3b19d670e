package org.medseal.connectors.dicomnet.pdu;

import java.util.List;

/** A-ASSOCIATE-AC; the titles are echoes nobody tests. */
public record AssociateAccept(
    int protocolVersion,
    String calledAe,
    String callingAe,
    String applicationContext,
    List<ContextResult> contexts,
    UserInformation user)
    implements Pdu {

  public AssociateAccept {
    contexts = List.copyOf(contexts);
  }

  /**
   * What became of one offered context.
   *
   * @param result by table 9-18
   * @param transferSyntax without meaning unless accepted
   */
  public record ContextResult(int id, int result, String transferSyntax) {
    public static final int ACCEPTED = 0;
    public static final int USER_REJECTION = 1;
    public static final int ABSTRACT_SYNTAX_NOT_SUPPORTED = 3;
    public static final int TRANSFER_SYNTAXES_NOT_SUPPORTED = 4;

    public boolean isAccepted() {
      return result == ACCEPTED;
    }
  }
}
