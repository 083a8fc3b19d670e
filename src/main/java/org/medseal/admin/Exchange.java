package org.medseal.admin;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.medseal.ledger.model.Hash;
import org.medseal.pages.SessionCookie;
import org.medseal.requests.Intention;
import org.medseal.users.Role;
import org.medseal.users.Session;

/** One call being served: its validated inputs, its session, and what the audit will say. */
final class Exchange {
  /** Fact that names the transaction sent. */
  static final String TRANSACTION = "transaction";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST_PAGE = 1_000;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** What came over the wire. */
  @SuppressWarnings("ArrayRecordComponent") // one call's own
  record Inputs(
      Map<String, String> path, Map<String, List<String>> query, String mediaType, byte[] body) {}

  /**
   * Who calls.
   *
   * @param session empty for nobody
   * @param inCookie whether it came in a browser's cookie, which outlives it
   */
  record Login(Optional<Session> session, boolean inCookie) {
    static Login none() {
      return new Login(Optional.empty(), false);
    }
  }

  /** Writes down what is about to be done, as it is known so far. */
  interface Before {
    void write(Exchange exchange);
  }

  private final Inputs inputs;
  private final Login login;
  private final Before before;
  private final Map<String, String> facts = new TreeMap<>();
  private String actor;

  Exchange(Inputs inputs, Login login, Before before) {
    this.inputs = inputs;
    this.login = login;
    this.before = before;
    this.actor = login.session().map(each -> each.user().login()).orElse("");
  }

  Session session() {
    return login.session().orElseThrow(() -> new ProblemException(Problem.notLoggedIn()));
  }

  boolean hasSession() {
    return login.session().isPresent();
  }

  /** What to answer when the session has ended: a browser forgets the cookie it came in. */
  Answer ended() {
    return login.inCookie() ? Answer.nothing().withCookie(SessionCookie.none()) : Answer.nothing();
  }

  Hash hash(String parameter) {
    String hex = inputs.path().getOrDefault(parameter, "").toLowerCase(Locale.ROOT);
    if (!HASH.matcher(hex).matches()) {
      throw refused("'" + parameter + "' is 64 hexadecimal digits.");
    }
    note(parameter, hex);
    return Hash.fromHex(hex);
  }

  String id(String parameter) {
    String id = inputs.path().getOrDefault(parameter, "");
    if (!ID.matcher(id).matches()) {
      throw refused("'" + parameter + "' is not an id.");
    }
    note(parameter, id);
    return id;
  }

  long number(String parameter) {
    return number(parameter, inputs.path().getOrDefault(parameter, ""));
  }

  /** Empty also for a parameter without a value. */
  Optional<String> query(String name) {
    List<String> values = inputs.query().getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw refused("The parameter '" + name + "' stands more than once.");
    }
    return values.stream().filter(value -> !value.isBlank()).findFirst();
  }

  /** The query's {@code limit}, 1 to 1000. */
  int limit(int otherwise) {
    long limit = queryNumber("limit", otherwise);
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw refused("'limit' is 1 to " + LONGEST_PAGE + ".");
    }
    return (int) limit;
  }

  long queryNumber(String name, long otherwise) {
    return query(name).map(text -> number(name, text)).orElse(otherwise);
  }

  <E extends Enum<E>> Optional<E> queryOneOf(String name, Class<E> type) {
    return query(name).map(text -> oneOf(name, text, type));
  }

  JsonBody body(String... fields) {
    return JsonBody.parse(json(), Set.of(fields));
  }

  /** As {@link #body}, but no body at all stands for an empty object. */
  JsonBody bodyIfAny(String... fields) {
    return inputs.body().length == 0 ? JsonBody.none() : body(fields);
  }

  /** A body whose other fields do not matter. */
  JsonBody lenientBody() {
    return JsonBody.parse(json());
  }

  private byte[] json() {
    if (!inputs.mediaType().equals(Answer.JSON)) {
      throw new ProblemException(Problem.ofStatus(415));
    }
    return inputs.body();
  }

  /** The roles in the body's field; none twice. */
  static Set<Role> roles(JsonBody body) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : body.texts("roles")) {
      if (!roles.add(oneOf("roles", name, Role.class))) {
        throw refused("A role stands twice.");
      }
    }
    return roles;
  }

  static <E extends Enum<E>> E oneOf(String name, String text, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "'"
                        + name
                        + "' is one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  static Hash hash(String name, String hex) {
    if (!HASH.matcher(hex).matches()) {
      throw refused("'" + name + "' is 64 hexadecimal digits.");
    }
    return Hash.fromHex(hex);
  }

  /** A fact for the audit entry: an id or a code, never free text. */
  void note(String name, String value) {
    facts.put(name, value);
  }

  /** For what this call does beyond this node: in the audit before it is done, and afterwards. */
  Intention intention() {
    return new Intention() {
      @Override
      public void toKeep() {
        before.write(Exchange.this);
      }

      @Override
      public void toSend(Hash transaction) {
        note(TRANSACTION, transaction.hex());
        before.write(Exchange.this);
      }
    };
  }

  /** Who the audit says it was, where there is no session yet. */
  void actor(String login) {
    actor = login;
  }

  String actor() {
    return actor;
  }

  Map<String, String> facts() {
    return facts;
  }

  static ProblemException refused(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }

  private static long number(String name, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw refused("'" + name + "' is a number.");
    }
    return Long.parseLong(text);
  }
}
