package org.medseal.admin;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
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
 * not answered, and what a call does on the ledger is written down before as well: {@link
 * Exchange#intention}.
 */
final class CallRunner {
  private static final Logger LOG = LoggerFactory.getLogger(CallRunner.class);
  private static final Pattern BEARER = Pattern.compile("Bearer ([A-Za-z0-9_-]{43})");

  /** Open to nobody and to anybody. */
  private static final Set<AuditAction> AT_THE_DOOR =
      EnumSet.of(AuditAction.LOGIN, AuditAction.REGISTER, AuditAction.RECOVER);

  /** What pages show of requests and traces, and renew by the clock. */
  private static final Set<AuditAction> RENEWED =
      EnumSet.of(AuditAction.REQUESTS_READ, AuditAction.TRACES_READ, AuditAction.TRACE_READ);

  /** Of what somebody outside does about one login, so many in a minute have their own entries. */
  private static final int OF_ONE_LOGIN = 5;

  private final Sessions sessions;
  private final AuditTrail audit;
  private final Repeats outside = new Repeats(Duration.ofMinutes(1));
  private final Repeats shown = new Repeats(Duration.ofHours(1));

  CallRunner(Sessions sessions, AuditTrail audit) {
    this.sessions = sessions;
    this.audit = audit;
  }

  /**
   * What is known of the caller before anything is checked.
   *
   * @param by what makes the call
   */
  record Caller(String authorization, BooleanSupplier local, By by) {

    /** Whoever a page is served to, wherever they are; nobody with an empty token. */
    static Caller ofPage(String token, boolean used) {
      return new Caller(
          token.isEmpty() ? "" : Browser.bearer(token), () -> false, used ? By.PAGE : By.CLOCK);
    }
  }

  /**
   * A program over HTTP, one in a browser that holds its session in the cookie, a page for a
   * person, or a page that renews itself.
   */
  enum By {
    PROGRAM,
    COOKIE,
    PAGE,
    CLOCK
  }

  Answer run(Call call, Caller caller, Exchange.Inputs inputs) {
    Exchange.Before before = exchange -> audit.record(entry(call, exchange, AuditEntry.INTENDED));
    boolean inCookie = caller.by() == By.COOKIE;
    Exchange exchange = new Exchange(inputs, Exchange.Login.none(), before);
    try {
      Optional<Session> session = session(caller);
      exchange = new Exchange(inputs, new Exchange.Login(session, inCookie), before);
      require(call.access(), session, caller.local());
      Answer answer = call.handling().handle(exchange);
      if (answer.status() == 202 && exchange.facts().containsKey(Exchange.TRANSACTION)) {
        exchange.note("committed", "no"); // its block has not come yet
      }
      if (call.action() != AuditAction.CALL) {
        write(call, exchange, AuditEntry.OK, timesDone(call, caller, exchange));
      }
      return answer.to(exchange.actor());
    } catch (RuntimeException failure) {
      return refused(call, exchange, failure);
    }
  }

  private Answer refused(Call call, Exchange exchange, RuntimeException failure) {
    Problem problem = Problems.of(failure).orElseGet(() -> logged(failure));
    try {
      exchange.note("path", named(call));
      write(call, exchange, problem.name(), timesRefused(call, exchange, problem));
    } catch (RuntimeException e) {
      problem = logged(e);
    }
    return Answer.of(problem);
  }

  /** For how many an entry of what was done stands; 0 for none now. */
  private int timesDone(Call call, Caller caller, Exchange exchange) {
    if (exchange.hasSession()) {
      return RENEWED.contains(call.action()) ? timesRead(call, caller, exchange) : 1;
    }
    boolean asked = call.action() == AuditAction.REGISTER || call.action() == AuditAction.RECOVER;
    return asked ? timesOutside(call, exchange, AuditEntry.OK) : 1;
  }

  /** A list that pages show again and again once an hour; what is opened from it each time. */
  private int timesRead(Call call, Caller caller, Exchange exchange) {
    if (caller.by() == By.PROGRAM || caller.by() == By.COOKIE) {
      return 1;
    }
    String kind = exchange.session().id() + " " + named(call) + " " + exchange.facts();
    int times = shown.times(kind, 1, System.nanoTime());
    boolean list = !call.path().contains("{");
    return list || caller.by() == By.CLOCK ? times : 1;
  }

  private int timesRefused(Call call, Exchange exchange, Problem problem) {
    if (exchange.hasSession()) {
      return 1;
    }
    boolean worthAWord =
        problem.status() == 401
            || problem.status() == 403
            || AT_THE_DOOR.contains(call.action())
            || !exchange.actor().isEmpty();
    return worthAWord ? timesOutside(call, exchange, problem.name()) : 0;
  }

  /** One kind for each login that there is, and one for all others. */
  private int timesOutside(Call call, Exchange exchange, String outcome) {
    String actor = exchange.actor();
    String login = actor.isEmpty() ? exchange.facts().getOrDefault("user", "") : actor;
    return outside.times(
        named(call) + " " + outcome + " " + login,
        login.isEmpty() ? 1 : OF_ONE_LOGIN,
        System.nanoTime());
  }

  private void write(Call call, Exchange exchange, String outcome, int times) {
    if (times > 1) {
      exchange.note("times", String.valueOf(times));
    }
    if (times > 0) {
      audit.record(entry(call, exchange, outcome));
    }
  }

  private static AuditEntry entry(Call call, Exchange exchange, String outcome) {
    return new AuditEntry(call.action(), exchange.actor(), outcome, exchange.facts());
  }

  private static String named(Call call) {
    return call.method() + " " + call.path();
  }

  private Optional<Session> session(Caller caller) {
    var matcher = BEARER.matcher(caller.authorization());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return caller.by() != By.CLOCK
        ? sessions.find(matcher.group(1))
        : sessions.look(matcher.group(1));
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
