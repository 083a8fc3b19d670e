package org.medseal.admin;

import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEntry;
import org.medseal.audit.AuditTrail;
import org.medseal.users.Session;
import org.medseal.users.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one call: who is it, may they, do it, write it down, answer. What cannot be written down is
 * not answered.
 */
final class CallRunner {
  private static final Logger LOG = LoggerFactory.getLogger(CallRunner.class);
  private static final Pattern BEARER = Pattern.compile("Bearer ([A-Za-z0-9_-]{43})");

  private final Sessions sessions;
  private final AuditTrail audit;
  private final Strangers strangers = new Strangers();

  CallRunner(Sessions sessions, AuditTrail audit) {
    this.sessions = sessions;
    this.audit = audit;
  }

  /**
   * What is known of the caller before anything is checked.
   *
   * @param used whether the call counts as use of its session
   */
  record Caller(String authorization, BooleanSupplier local, boolean used) {

    /** Whoever a page is served to, wherever they are; nobody with an empty token. */
    static Caller ofPage(String token, boolean used) {
      return new Caller(token.isEmpty() ? "" : Browser.bearer(token), () -> false, used);
    }
  }

  Answer run(Call call, Caller caller, Exchange.Inputs inputs) {
    Exchange exchange = new Exchange(inputs, Optional.empty());
    try {
      Optional<Session> session = session(caller);
      exchange = new Exchange(inputs, session);
      require(call.access(), session, caller.local());
      Answer answer = call.handling().handle(exchange);
      if (call.action() != AuditAction.CALL) {
        audit.record(entry(call, exchange, AuditEntry.OK));
      }
      return answer.to(exchange.actor());
    } catch (RuntimeException failure) {
      return refused(call, exchange, failure);
    }
  }

  private Answer refused(Call call, Exchange exchange, RuntimeException failure) {
    Problem problem = Problems.of(failure).orElseGet(() -> logged(failure));
    boolean somebody = !exchange.actor().isEmpty() || call.action() == AuditAction.LOGIN;
    try {
      int times = somebody ? 1 : stranger(call, problem);
      if (times > 0) {
        if (!somebody) {
          exchange.note("times", String.valueOf(times));
        }
        exchange.note("path", call.method() + " " + call.path());
        audit.record(entry(call, exchange, problem.name()));
      }
    } catch (RuntimeException e) {
      problem = logged(e);
    }
    return Answer.of(problem);
  }

  private int stranger(Call call, Problem problem) {
    boolean worthAWord = problem.status() == 401 || problem.status() == 403;
    String kind = call.method() + " " + call.path() + " " + problem.name();
    return worthAWord ? strangers.refused(kind, System.nanoTime()) : 0;
  }

  private static AuditEntry entry(Call call, Exchange exchange, String outcome) {
    return new AuditEntry(call.action(), exchange.actor(), outcome, exchange.facts());
  }

  private Optional<Session> session(Caller caller) {
    var matcher = BEARER.matcher(caller.authorization());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return caller.used() ? sessions.find(matcher.group(1)) : sessions.look(matcher.group(1));
  }

  private static void require(Access access, Optional<Session> session, BooleanSupplier local) {
    if (access instanceof Access.AnyOf anyOf) {
      Session known = session.orElseThrow(() -> new ProblemException(Problem.notLoggedIn()));
      if (!anyOf.allows(known)) {
        throw new ProblemException(
            Problem.notAllowed("This call is for the roles " + anyOf.roles() + "."));
      }
    } else if (session.isEmpty()) {
      boolean open =
          access instanceof Access.Everybody
              || (access instanceof Access.LocalOrLoggedIn && local.getAsBoolean());
      if (!open) {
        throw new ProblemException(Problem.notLoggedIn());
      }
    }
  }

  /** The message may come from a parser and quote its input, so only type and trace are logged. */
  static Problem logged(Throwable failure) {
    String errorId = UUID.randomUUID().toString();
    Throwable quiet = new Throwable(failure.getClass().getName());
    quiet.setStackTrace(failure.getStackTrace());
    LOG.error("A call failed; error id {}", errorId, quiet);
    return Problem.internal(errorId);
  }
}
