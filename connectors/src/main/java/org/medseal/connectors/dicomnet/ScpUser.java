package org.medseal.connectors.dicomnet;

import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.medseal.connectors.dicomnet.AssociationException.Reason;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept.ContextResult;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest.ProposedContext;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.pdu.Pdv;

/** The acceptor of one connection: negotiates, then hands the association to its worker. */
final class ScpUser implements ServiceUser {
  private final Channel channel;
  private final Semaphore free;
  private final Consumer<Association> worker;
  private final Negotiation negotiation;
  private final Indications indications;
  private AssociationHandler handler;
  private ScpCounts counts;
  private Optional<Association> association = Optional.empty();

  ScpUser(Channel channel, ScpSettings settings, Semaphore free, Consumer<Association> worker) {
    this.channel = channel;
    this.free = free;
    this.worker = worker;
    this.negotiation = new Negotiation(settings.policy(), settings.limits().maxPduBytes());
    this.indications = new Indications(channel, 4L * settings.limits().maxPduBytes());
  }

  /** Before the channel is active. */
  void use(AssociationHandler own, ScpCounts tally) {
    handler = own;
    counts = tally;
  }

  @Override
  public Pdu associate(AssociateRequest request) {
    Optional<Pdu.Reject> refusal = negotiation.refusal(request);
    if (refusal.isEmpty() && !free.tryAcquire()) {
      refusal = Optional.of(Negotiation.LOCAL_LIMIT);
    }
    if (refusal.isPresent()) {
      counts.rejected();
      ScpLog.rejected(request, refusal.get());
      return refusal.get();
    }
    AssociateAccept accept = negotiation.acceptance(request);
    Association made = new Association(channel, handler, indications, terms(request, accept));
    try {
      worker.accept(made);
    } catch (RejectedExecutionException e) { // we are being stopped
      free.release();
      counts.rejected();
      return Negotiation.LOCAL_LIMIT;
    }
    association = Optional.of(made);
    return accept;
  }

  private static Association.Terms terms(AssociateRequest request, AssociateAccept accept) {
    Map<Integer, String> offered = new HashMap<>();
    for (ProposedContext context : request.contexts()) {
      offered.put(context.id(), context.abstractSyntax());
    }
    Map<Integer, Association.Context> contexts = new HashMap<>();
    for (ContextResult result : accept.contexts()) {
      if (result.isAccepted()) {
        contexts.put(
            result.id(),
            new Association.Context(offered.get(result.id()), result.transferSyntax()));
      }
    }
    return new Association.Terms(
        request.callingAe(), request.calledAe(), contexts, request.user().maxPduBytes());
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
  public void ended(Reason reason) {
    association.ifPresent(a -> a.end(reason));
  }

  @Override
  public void accepted(AssociateAccept accept) {
    // the table has no way here for an acceptor
  }

  @Override
  public void rejected(Pdu.Reject reject) {
    // as above
  }

  @Override
  public void released() {
    // only after a release of our own, and a server asks for none
  }
}
