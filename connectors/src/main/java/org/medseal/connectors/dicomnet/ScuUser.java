package org.medseal.connectors.dicomnet;

import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.medseal.connectors.dicomnet.AssociationException.Reason;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept.ContextResult;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest.ProposedContext;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.pdu.Pdv;

/** The requestor of one connection: completes what was promised one way or the other. */
final class ScuUser implements ServiceUser {
  private final CompletableFuture<Association> opened;
  private final AssociateRequest request;
  private final Indications indications;
  private final Channel channel;
  private AssociationHandler handler;

  ScuUser(Channel channel, AssociateRequest request, CompletableFuture<Association> opened) {
    this.channel = channel;
    this.opened = opened;
    this.request = request;
    this.indications = new Indications(channel, 4 * request.user().maxPduBytes());
  }

  void use(AssociationHandler own) {
    handler = own;
  }

  @Override
  public void accepted(AssociateAccept accept) {
    Map<Integer, String> offered = new HashMap<>();
    for (ProposedContext context : request.contexts()) {
      offered.put(context.id(), context.abstractSyntax());
    }
    Map<Integer, Association.Context> contexts = new HashMap<>();
    for (ContextResult result : accept.contexts()) {
      if (result.isAccepted() && offered.containsKey(result.id())) {
        contexts.put(
            result.id(),
            new Association.Context(offered.get(result.id()), result.transferSyntax()));
      }
    }
    opened.complete(
        new Association(
            channel,
            handler,
            indications,
            new Association.Terms(
                request.callingAe(), request.calledAe(), contexts, accept.user().maxPduBytes())));
  }

  @Override
  public void rejected(Pdu.Reject reject) {
    opened.completeExceptionally(
        new AssociationException(
            Reason.REJECTED,
            "the association is rejected (result "
                + reject.result()
                + ", source "
                + reject.source()
                + ", reason "
                + reject.reason()
                + " of PS3.8 table 9-21)"));
  }

  @Override
  public void data(Pdu.Transfer transfer) {
    for (Pdv value : transfer.values()) {
      indications.add(new Indication.Value(value));
    }
  }

  @Override
  public void releaseIndicated() {
    indications.add(new Indication.ReleaseAsked());
  }

  @Override
  public void released() {
    indications.add(new Indication.Released());
  }

  @Override
  public void ended(Reason reason) {
    boolean never =
        opened.completeExceptionally(
            new AssociationException(reason, "the association was not made: " + reason));
    if (!never && !opened.isCompletedExceptionally()) {
      opened.join().end(reason);
    }
  }

  @Override
  public Pdu associate(AssociateRequest none) {
    return Negotiation.NO_REASON; // the table has no way here for a requestor
  }
}
