package org.medseal.connectors.dicomnet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.Optional;
import org.medseal.connectors.dicomnet.AssociationException.Reason;

/** Answers one association's messages, one after the other, until it ends. */
final class ScpWork {
  private final ScpSettings settings;
  private final StoreHandler handler;
  private final ScpCounts counts;

  ScpWork(ScpSettings settings, StoreHandler handler, ScpCounts counts) {
    this.settings = settings;
    this.handler = handler;
    this.counts = counts;
  }

  /** Whether the peer released it, as it should. */
  boolean serve(Association association) {
    Dimse dimse = new Dimse(association, settings.timers());
    try {
      Optional<Dimse.Received> next = dimse.nextCommand(settings.timers().idle());
      while (next.isPresent()) {
        answer(association, dimse, next.get());
        next = dimse.nextCommand(settings.timers().idle());
      }
      return true;
    } catch (AssociationException e) {
      if (e.reason() != Reason.CLOSED) {
        ScpLog.ended(association, e.reason());
      }
    } catch (Exception | Error e) { // the thread's edge: costs this association
      counts.fault();
      ScpLog.ended(association, association.abort(Reason.FAULT, "a fault of ours").reason());
    }
    return false;
  }

  private void answer(Association association, Dimse dimse, Dimse.Received received)
      throws IOException {
    CommandSet command = received.command();
    int operation = command.number(CommandSet.COMMAND_FIELD).orElse(0);
    boolean isRequest =
        (operation & CommandSet.RESPONSE) == 0 && command.number(CommandSet.MESSAGE_ID).isPresent();
    if (operation == CommandSet.C_CANCEL_RQ) {
      return; // nothing here can be cancelled, and no answer is due
    } else if (!isRequest) {
      throw association.abort(Reason.PROTOCOL, "no request where one is due");
    }
    StoreStatus status =
        switch (operation) {
          case CommandSet.C_ECHO_RQ -> echoed(dimse, received);
          case CommandSet.C_STORE_RQ -> counted(stored(association, dimse, received));
          default -> unknown(dimse, received);
        };
    dimse.sendCommand(received.contextId(), response(operation, command, status));
  }

  private StoreStatus counted(StoreStatus status) {
    counts.answered(status);
    return status;
  }

  private StoreStatus echoed(Dimse dimse, Dimse.Received received) throws IOException {
    if (received.command().hasDataSet()) {
      return refused(data(dimse, received), StoreStatus.CANNOT_UNDERSTAND);
    }
    return received.context().abstractSyntax().equals(Uids.VERIFICATION)
        ? StoreStatus.SUCCESS
        : StoreStatus.SOP_CLASS_NOT_SUPPORTED;
  }

  private StoreStatus unknown(Dimse dimse, Dimse.Received received) throws IOException {
    if (received.command().hasDataSet()) {
      data(dimse, received).drain();
    }
    return StoreStatus.UNRECOGNIZED_OPERATION;
  }

  private DatasetStream data(Dimse dimse, Dimse.Received received) {
    return dimse.dataset(received.contextId(), settings.limits().maxObjectBytes());
  }

  private StoreStatus stored(Association association, Dimse dimse, Dimse.Received received)
      throws IOException {
    CommandSet command = received.command();
    Optional<String> sopClass = command.uid(CommandSet.AFFECTED_SOP_CLASS);
    Optional<String> instance = command.uid(CommandSet.AFFECTED_SOP_INSTANCE);
    if (!command.hasDataSet()) {
      return StoreStatus.CANNOT_UNDERSTAND;
    }
    DatasetStream data = data(dimse, received);
    if (data.isEmpty() || sopClass.isEmpty() || instance.isEmpty()) {
      return refused(data, StoreStatus.CANNOT_UNDERSTAND);
    } else if (!sopClass.get().equals(received.context().abstractSyntax())
        || sopClass.get().equals(Uids.VERIFICATION)) {
      return refused(data, StoreStatus.SOP_CLASS_NOT_SUPPORTED);
    } else if (!settings.policy().mayStore(association.terms().callingAe())) {
      ScpLog.notStored(association, StoreStatus.NOT_AUTHORIZED, "not among those that may store");
      return refused(data, StoreStatus.NOT_AUTHORIZED);
    }
    Part10Head head =
        new Part10Head(sopClass.get(), instance.get(), received.context().transferSyntax());
    return hand(association, head, data);
  }

  private static StoreStatus refused(DatasetStream data, StoreStatus status)
      throws AssociationException {
    data.drain();
    return status;
  }

  private StoreStatus hand(Association association, Part10Head head, DatasetStream data)
      throws IOException {
    StoreStatus status;
    try {
      status = handler.store(object(association, head, data));
    } catch (Exception e) { // the handler's edge: the sender is told, the next object may do
      status = StoreStatus.PROCESSING_FAILURE;
      ScpLog.notStored(association, status, e.getClass().getSimpleName());
    }
    if (status == StoreStatus.SUCCESS && !data.isAtEnd()) {
      status = StoreStatus.PROCESSING_FAILURE; // nobody can have stored what nobody has read
    }
    data.drain(); // tells an end of the association from a fault of the handler
    return status;
  }

  private static ReceivedObject object(
      Association association, Part10Head head, DatasetStream data) {
    return new ReceivedObject(
        association.terms().callingAe(),
        association.terms().calledAe(),
        head.sopClassUid(),
        head.sopInstanceUid(),
        head.transferSyntaxUid(),
        new SequenceInputStream(new ByteArrayInputStream(head.toBytes()), data));
  }

  private static CommandSet response(int operation, CommandSet request, StoreStatus status) {
    CommandSet response =
        new CommandSet()
            .number(CommandSet.COMMAND_FIELD, operation | CommandSet.RESPONSE)
            .number(
                CommandSet.RESPONDED_MESSAGE_ID,
                request.number(CommandSet.MESSAGE_ID).orElseThrow())
            .number(CommandSet.DATA_SET_TYPE, CommandSet.NO_DATA_SET)
            .number(CommandSet.STATUS, status.code());
    request
        .uid(CommandSet.AFFECTED_SOP_CLASS)
        .ifPresent(uid -> response.uid(CommandSet.AFFECTED_SOP_CLASS, uid));
    if (operation == CommandSet.C_STORE_RQ) {
      request
          .uid(CommandSet.AFFECTED_SOP_INSTANCE)
          .ifPresent(uid -> response.uid(CommandSet.AFFECTED_SOP_INSTANCE, uid));
    }
    return response;
  }
}
