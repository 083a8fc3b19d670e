package org.medseal.admin;

import java.util.Locale;
import java.util.Optional;
import org.medseal.connectors.message.MessageException;
import org.medseal.group.GroupException;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.proof.ProofException;
import org.medseal.requests.RequestException;
import org.medseal.tracing.TraceException;
import org.medseal.users.UserException;

/** Which problem a part's exception is to a caller; empty for what is the node's own fault. */
final class Problems {
  private Problems() {}

  static Optional<Problem> of(RuntimeException failure) {
    if (failure instanceof ProblemException known) {
      return Optional.of(known.problem());
    }
    if (failure instanceof UserException user) {
      return of(user);
    }
    if (failure instanceof RequestException request) {
      return Optional.of(of(request));
    }
    if (failure instanceof TraceException trace) {
      return Optional.of(of(trace));
    }
    if (failure instanceof GroupException group) {
      return Optional.of(of(group));
    }
    if (failure instanceof BlobException blob
        && blob.reason() == BlobException.Reason.UNAVAILABLE) {
      return Optional.of(
          new Problem(
              503,
              "record-unavailable",
              "Not available now",
              "None of the nodes that keep this record's chunks answers; try again."));
    }
    if (failure instanceof MessageException message) {
      return of(message);
    }
    if (failure instanceof ProofException proof
        && proof.reason() == ProofException.Reason.NOT_FOUND) {
      return Optional.of(Problem.notFound(proof.getMessage()));
    }
    return Optional.empty();
  }

  private static Optional<Problem> of(UserException e) {
    return switch (e.reason()) {
      case NOT_LOGGED_IN ->
          Optional.of(new Problem(401, "login-failed", "Not logged in", e.getMessage()));
      case TOTP_NEEDED ->
          Optional.of(new Problem(401, "totp-needed", "Second factor needed", e.getMessage()));
      case BAD_LOGIN_NAME, BAD_PROFILE, WEAK_PASSWORD ->
          Optional.of(Problem.badRequest(e.getMessage()));
      case WRONG_PASSWORD ->
          Optional.of(new Problem(403, "wrong-password", "Not allowed", e.getMessage()));
      case BAD_CODE -> Optional.of(new Problem(401, "bad-code", "Not recovered", e.getMessage()));
      case WRONG_TOTP, WRONG_PASSPHRASE ->
          Optional.of(new Problem(403, name(e.reason()), "Not allowed", e.getMessage()));
      case LOCKED -> Optional.of(Problem.tooMany(e.getMessage()));
      case UNKNOWN_USER, UNKNOWN_SESSION -> Optional.of(Problem.notFound(e.getMessage()));
      case LOGIN_TAKEN, WRONG_STATE, LAST_ADMIN, SHARED_KEY_STORE ->
          Optional.of(Problem.conflict(name(e.reason()), e.getMessage()));
      case TOO_MANY_PENDING ->
          Optional.of(new Problem(503, name(e.reason()), "Not available now", e.getMessage()));
      case STORE -> Optional.empty();
    };
  }

  private static Problem of(RequestException e) {
    return switch (e.reason()) {
      case BAD_IDENTIFIER, BAD_REQUEST -> Problem.badRequest(e.getMessage());
      case UNKNOWN_RECORD, UNKNOWN_REQUEST, NOT_PART_OF_REQUEST -> Problem.notFound(e.getMessage());
      case NOT_YOURS -> Problem.notAllowed(e.getMessage());
      case CUSTODIAN_KEY_NEEDED, NOT_FOR_THIS_PURPOSE ->
          new Problem(403, name(e.reason()), "Not allowed", e.getMessage());
      case NOT_APPROVED,
          ALREADY_DECIDED,
          EXPIRED,
          ANOTHER_PATIENT,
          RULES_UNKNOWN,
          INSTITUTION_GONE ->
          Problem.conflict(name(e.reason()), e.getMessage());
      case RECORD_NOT_AUTHENTIC ->
          new Problem(422, name(e.reason()), "The record does not hold", e.getMessage());
      case LEDGER_REFUSED -> Problem.conflict(name(e.reason()), e.getMessage());
    };
  }

  private static Problem of(TraceException e) {
    return switch (e.reason()) {
      case BAD_REQUEST -> Problem.badRequest(e.getMessage());
      case UNKNOWN_RECORD, UNKNOWN_TRACE -> Problem.notFound(e.getMessage());
      case ALREADY_APPROVED, COMPLETED, NO_RESULT ->
          Problem.conflict(name(e.reason()), e.getMessage());
      case NOT_PROVEN ->
          new Problem(422, name(e.reason()), "The proof does not hold", e.getMessage());
    };
  }

  private static Problem of(GroupException e) {
    return switch (e.reason()) {
      case BAD_REQUEST -> Problem.badRequest(e.getMessage());
      case ALREADY_JOINED, NOT_THE_ISSUER -> Problem.conflict(name(e.reason()), e.getMessage());
      case ISSUER_KEY_NEEDED -> new Problem(403, name(e.reason()), "Not allowed", e.getMessage());
    };
  }

  private static Optional<Problem> of(MessageException e) {
    return switch (e.reason()) {
      case UNKNOWN_MESSAGE -> Optional.of(Problem.notFound("There is no such message."));
      case WRONG_STATE ->
          Optional.of(
              Problem.conflict(
                  "wrong-state", "Only quarantined and failed messages are processed again."));
      case GONE ->
          Optional.of(
              new Problem(
                  410,
                  "gone",
                  "No longer kept",
                  "The content was deleted after the time for which it is kept."));
      case TOO_LARGE, WRONG_KEY, UNREADABLE, CLOSED -> Optional.empty();
    };
  }

  private static String name(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
