package org.medseal.connectors.dicomnet.pdu;

import java.util.List;

/**
 * A-ASSOCIATE-RQ.
 *
 * @param protocolVersion bits; bit 0 is version 1, the only one there is
 * @param calledAe without the spaces around it
 * @param callingAe the same
 */
public record AssociateRequest(
    int protocolVersion,
    String calledAe,
    String callingAe,
    String applicationContext,
    List<ProposedContext> contexts,
    UserInformation user)
    implements Pdu {
  /** DICOM application context, PS3.7 annex A.2.1. */
  public static final String DICOM_CONTEXT = "1.2.840.10008.3.1.1.1";

  public AssociateRequest {
    contexts = List.copyOf(contexts);
  }

  /**
   * One presentation context offered.
   *
   * @param id odd, 1 to 255
   */
  public record ProposedContext(int id, String abstractSyntax, List<String> transferSyntaxes) {
    public ProposedContext {
      transferSyntaxes = List.copyOf(transferSyntaxes);
    }
  }
}
