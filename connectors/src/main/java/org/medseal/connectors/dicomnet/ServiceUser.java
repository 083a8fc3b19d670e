package org.medseal.connectors.dicomnet;

import org.medseal.connectors.dicomnet.pdu.AssociateAccept;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.Pdu;

/** Takes the indications of an association (PS3.8 chapter 7). On the event loop only. */
interface ServiceUser {
  /** An {@link AssociateAccept} or a {@link Pdu.Reject}, at once. */
  Pdu associate(AssociateRequest request);

  void accepted(AssociateAccept accept);

  void rejected(Pdu.Reject reject);

  void data(Pdu.Transfer transfer);

  void releaseIndicated();

  void released();

  /** The association has ended, by whatever; may come more than once. */
  void ended(AssociationException.Reason reason);
}
