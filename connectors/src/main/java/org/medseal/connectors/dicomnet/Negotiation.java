package org.medseal.connectors.dicomnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.medseal.connectors.dicom.DicomException;
import org.medseal.connectors.dicom.DicomWriter;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept.ContextResult;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest.ProposedContext;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.pdu.UserInformation;

/**
 * What an acceptor answers to a request: by its policy, and of each context the first transfer
 * syntax offered that it takes.
 */
final class Negotiation {
  private static final int PERMANENT = 1;
  private static final int TRANSIENT = 2;
  private static final int BY_USER = 1;
  private static final int BY_PRESENTATION = 3;
  static final Pdu.Reject NO_REASON = new Pdu.Reject(PERMANENT, BY_USER, 1);
  static final Pdu.Reject APPLICATION_CONTEXT = new Pdu.Reject(PERMANENT, BY_USER, 2);
  static final Pdu.Reject CALLING_AE = new Pdu.Reject(PERMANENT, BY_USER, 3);
  static final Pdu.Reject CALLED_AE = new Pdu.Reject(PERMANENT, BY_USER, 7);
  static final Pdu.Reject LOCAL_LIMIT = new Pdu.Reject(TRANSIENT, BY_PRESENTATION, 2);

  /** Smaller than any answer would make a PDU for every few bytes. */
  private static final int LEAST_PEER_PDU_BYTES = 64;

  private final AePolicy policy;
  private final int maxPduBytes;

  Negotiation(AePolicy policy, int maxPduBytes) {
    this.policy = policy;
    this.maxPduBytes = maxPduBytes;
  }

  /** Empty where there is nothing to refuse. */
  Optional<Pdu.Reject> refusal(AssociateRequest request) {
    long peerMax = request.user().maxPduBytes();
    if (!request.applicationContext().equals(AssociateRequest.DICOM_CONTEXT)) {
      return Optional.of(APPLICATION_CONTEXT);
    } else if (!policy.answersTo(request.calledAe())) {
      return Optional.of(CALLED_AE);
    } else if (!policy.mayAssociate(request.callingAe())) {
      return Optional.of(CALLING_AE);
    } else if (policy.refusesUserIdentity() && request.user().hasUserIdentity()) {
      return Optional.of(NO_REASON);
    } else if (peerMax != 0 && peerMax < LEAST_PEER_PDU_BYTES) {
      return Optional.of(NO_REASON);
    }
    return Optional.empty();
  }

  AssociateAccept acceptance(AssociateRequest request) {
    List<ContextResult> contexts = request.contexts().stream().map(this::result).toList();
    return new AssociateAccept(
        1,
        request.calledAe(),
        request.callingAe(),
        AssociateRequest.DICOM_CONTEXT,
        contexts,
        user(request, contexts));
  }

  private ContextResult result(ProposedContext context) {
    if (!takes(context.abstractSyntax())) {
      return new ContextResult(
          context.id(),
          ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED,
          context.transferSyntaxes().get(0));
    }
    return context.transferSyntaxes().stream()
        .filter(syntax -> carries(context.abstractSyntax(), syntax))
        .findFirst()
        .map(syntax -> new ContextResult(context.id(), ContextResult.ACCEPTED, syntax))
        .orElseGet(
            () ->
                new ContextResult(
                    context.id(),
                    ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED,
                    context.transferSyntaxes().get(0)));
  }

  private boolean takes(String abstractSyntax) {
    return abstractSyntax.equals(Uids.VERIFICATION)
        || StorageClasses.uids().contains(abstractSyntax)
        || policy.moreSopClasses().contains(abstractSyntax);
  }

  private static boolean carries(String abstractSyntax, String transferSyntax) {
    try {
      return !TransferSyntax.of(transferSyntax).encapsulated()
          || !abstractSyntax.equals(Uids.VERIFICATION);
    } catch (DicomException e) {
      return false; // private, or its pixels lie elsewhere
    }
  }

  /** One operation at a time, and no roles but the usual ones. */
  private UserInformation user(AssociateRequest request, List<ContextResult> contexts) {
    Set<Integer> accepted =
        contexts.stream()
            .filter(ContextResult::isAccepted)
            .map(ContextResult::id)
            .collect(Collectors.toSet());
    Set<String> classes =
        request.contexts().stream()
            .filter(context -> accepted.contains(context.id()))
            .map(ProposedContext::abstractSyntax)
            .collect(Collectors.toSet());
    List<UserInformation.Role> roles = new ArrayList<>();
    for (UserInformation.Role role : request.user().roles()) {
      if (classes.remove(role.sopClassUid())) {
        roles.add(new UserInformation.Role(role.sopClassUid(), role.scu(), false));
      }
    }
    return new UserInformation(
        maxPduBytes,
        DicomWriter.IMPLEMENTATION_CLASS_UID,
        Optional.of(DicomWriter.IMPLEMENTATION_VERSION_NAME),
        request.user().window().map(asked -> UserInformation.Window.ONE),
        roles,
        false);
  }
}
