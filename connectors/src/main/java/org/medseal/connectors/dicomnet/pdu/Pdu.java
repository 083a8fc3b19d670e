package org.medseal.connectors.dicomnet.pdu;

import java.util.List;

/** One protocol data unit (PS3.8 section 9.3). */
public sealed interface Pdu
    permits AssociateRequest,
        AssociateAccept,
        Pdu.Reject,
        Pdu.Transfer,
        Pdu.ReleaseRequest,
        Pdu.ReleaseReply,
        Pdu.Abort,
        Pdu.Invalid {

  /**
   * A-ASSOCIATE-RJ.
   *
   * @param result 1 for good, 2 for now
   * @param source 1 service user, 2 provider (ACSE), 3 provider (presentation)
   * @param reason by table 9-21, its meaning depends on the source
   */
  record Reject(int result, int source, int reason) implements Pdu {}

  /** P-DATA-TF. */
  record Transfer(List<Pdv> values) implements Pdu {
    public Transfer {
      values = List.copyOf(values);
    }
  }

  /** A-RELEASE-RQ. */
  record ReleaseRequest() implements Pdu {}

  /** A-RELEASE-RP. */
  record ReleaseReply() implements Pdu {}

  /**
   * A-ABORT.
   *
   * @param source 0 service user, 2 service provider
   * @param reason of a provider, by table 9-26
   */
  record Abort(int source, int reason) implements Pdu {
    public static final int BY_USER = 0;
    public static final int BY_PROVIDER = 2;
    public static final int NO_REASON = 0;
  }

  /** What came was none: event Evt19. Nothing after it on the same connection can be read. */
  record Invalid(PduException.Reason reason) implements Pdu {}
}
