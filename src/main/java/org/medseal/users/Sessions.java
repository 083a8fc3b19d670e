package org.medseal.users;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.crypto.Digests;

/**
 * Logged-in users. Tokens are 256 random bits, stored as SHA-256; they outlive a restart, unlocked
 * role keys do not. Thread-safe.
 */
public final class Sessions {
  private static final int TOKEN_LENGTH = 32;
  private static final int MOST_PER_USER = 20;

  private final PeopleDatabase database;
  private final UserStore users;
  private final SessionRules rules;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Live> live = new ConcurrentHashMap<>();

  /**
   * @param lastSeenMs the start of this process for a session of before it
   * @param used whether it was used since
   */
  private record Live(String userId, RoleKeys keys, long lastSeenMs, boolean used) {
    Live seen(long nowMs) {
      return new Live(userId, keys, nowMs, true);
    }

    Live with(RoleKeys others) {
      return new Live(userId, others, lastSeenMs, used);
    }
  }

  private record Row(String userId, long expiresMs) {}

  /**
   * A session as its user sees it in a list.
   *
   * @param id of {@link Session#id}; nobody gets in with it
   * @param lastSeenAt empty when it was not used since the node started
   */
  public record Listed(
      String id, Instant startedAt, Optional<Instant> lastSeenAt, Instant expiresAt) {}

  Sessions(PeopleDatabase database, UserStore users, SessionRules rules, Clock clock) {
    this.database = database;
    this.users = users;
    this.rules = rules;
    this.clock = clock;
  }

  /** Sessions of before the start grow idle from now on. */
  void revive() {
    long nowMs = clock.millis();
    database
        .query(
            "SELECT token_hash, user_id FROM sessions WHERE expires_ms > ?",
            row -> Map.entry(row.getString(1), row.getString(2)),
            nowMs)
        .forEach(
            each ->
                live.put(each.getKey(), new Live(each.getValue(), RoleKeys.none(), nowMs, false)));
  }

  /**
   * The token; it can be had only here. The oldest of too many sessions of a user end.
   * NOT_LOGGED_IN, the keys wiped, when the user is not active or has other credentials by now.
   *
   * @param credentials as {@link UserStore#credentials} was before they were verified
   */
  String start(User user, RoleKeys keys, int credentials) {
    byte[] bytes = new byte[TOKEN_LENGTH];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String id = id(token);
    long nowMs = clock.millis();
    boolean started = false;
    try {
      endSurplus(user);
      database.change(
          () -> {
            insert(id, user, credentials);
            // In here, so that whoever deletes the row afterwards finds the keys to wipe.
            return live.put(id, new Live(user.id(), keys, nowMs, true));
          });
      started = true;
    } finally {
      if (!started) {
        live.remove(id);
        keys.close();
      }
    }
    return token;
  }

  private void insert(String id, User user, int credentials) throws SQLException {
    long nowMs = clock.millis();
    database.execute("DELETE FROM sessions WHERE expires_ms <= ?", nowMs);
    int inserted =
        database.execute(
            "INSERT INTO sessions (token_hash, user_id, expires_ms, started_ms) SELECT ?, id, ?, ?"
                + " FROM users WHERE id = ? AND state = ? AND credentials = ?",
            id,
            nowMs + rules.longest().toMillis(),
            nowMs,
            user.id(),
            UserState.ACTIVE.name(),
            credentials);
    if (inserted == 0) {
      throw new UserException(
          UserException.Reason.NOT_LOGGED_IN, "The account has changed meanwhile.");
    }
  }

  /** The session of a token whose user is still active, with the roles of this moment. */
  public Optional<Session> find(String token) {
    return find(token, true);
  }

  /**
   * The same where nobody did anything, as when a page renews itself: it grows idle all the same.
   */
  public Optional<Session> look(String token) {
    return find(token, false);
  }

  private Optional<Session> find(String token, boolean used) {
    String id = id(token);
    Optional<Row> row =
        database.first(
            "SELECT user_id, expires_ms FROM sessions WHERE token_hash = ?",
            each -> new Row(each.getString(1), each.getLong(2)),
            id);
    if (row.isEmpty()) {
      forgetOne(id);
      return Optional.empty();
    }
    long nowMs = clock.millis();
    Live now = live.get(id);
    if (now == null) {
      return Optional.empty(); // ended since the row was read
    }
    if (row.get().expiresMs() <= nowMs || now.lastSeenMs() + rules.idle().toMillis() <= nowMs) {
      end(id);
      return Optional.empty();
    }
    if (used) {
      live.computeIfPresent(id, (key, was) -> was.seen(nowMs));
    }
    return users
        .find(row.get().userId())
        .filter(user -> user.state() == UserState.ACTIVE)
        .map(user -> new Session(id, user, now.keys()));
  }

  public void end(Session session) {
    end(session.id());
  }

  /** Of a user, the newest first. */
  public List<Listed> of(String userId) {
    endIdle();
    return database.query(
        "SELECT token_hash, started_ms, expires_ms FROM sessions WHERE user_id = ? AND expires_ms >"
            + " ? ORDER BY started_ms DESC, token_hash",
        row ->
            new Listed(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                Optional.ofNullable(live.get(row.getString(1)))
                    .filter(Live::used)
                    .map(seen -> Instant.ofEpochMilli(seen.lastSeenMs())),
                Instant.ofEpochMilli(row.getLong(3))),
        userId,
        clock.millis());
  }

  /** One of the user's own; UNKNOWN_SESSION for anybody else's. */
  public void end(String userId, String sessionId) {
    if (of(userId).stream().noneMatch(each -> each.id().equals(sessionId))) {
      throw new UserException(UserException.Reason.UNKNOWN_SESSION, "There is no such session.");
    }
    end(sessionId);
  }

  /** How many there were. */
  public int endAll(String userId) {
    int ended =
        database.change(() -> database.execute("DELETE FROM sessions WHERE user_id = ?", userId));
    forget(userId);
    return ended;
  }

  /** NOT_LOGGED_IN once it has ended, by whomever; inside a change. */
  void requireLasting(Session session) {
    if (!lasts(session.id())) {
      throw new UserException(
          UserException.Reason.NOT_LOGGED_IN, "The session has ended meanwhile.");
    }
  }

  /** How many there were; inside a change, and {@link #forgetOthers} after it. */
  int deleteOthers(Session kept) throws SQLException {
    return database.execute(
        "DELETE FROM sessions WHERE user_id = ? AND token_hash <> ?", kept.user().id(), kept.id());
  }

  /** Adds what the session did not hold; the session with all of it. */
  Session unlock(Session session, RoleKeys more) {
    Live now = live.computeIfPresent(session.id(), (id, was) -> was.with(was.keys().and(more)));
    if (now == null) {
      more.close();
      throw new UserException(
          UserException.Reason.NOT_LOGGED_IN, "The session has ended meanwhile.");
    }
    return new Session(session.id(), session.user(), now.keys());
  }

  /** Sessions that may act at this moment and hold the opener's key. */
  public List<Session> holdingOpenerKey() {
    endIdle();
    return live.entrySet().stream()
        .filter(each -> each.getValue().keys().opener().isPresent())
        .flatMap(each -> mayOpen(each.getKey(), each.getValue()).stream())
        .toList();
  }

  public int count() {
    endIdle();
    return live.size();
  }

  /** Ends what was unused for too long, so that no key stays unlocked behind a forgotten login. */
  public void endIdle() {
    long oldest = clock.millis() - rules.idle().toMillis();
    live.forEach(
        (id, session) -> {
          if (session.lastSeenMs() <= oldest) {
            end(id);
          }
        });
  }

  private Optional<Session> mayOpen(String id, Live session) {
    boolean lasts = lasts(id);
    return users
        .find(session.userId())
        .filter(user -> lasts && user.state() == UserState.ACTIVE && user.is(Role.ADMIN))
        .map(user -> new Session(id, user, session.keys()));
  }

  private boolean lasts(String id) {
    return database
        .first(
            "SELECT 1 FROM sessions WHERE token_hash = ? AND expires_ms > ?",
            row -> row.getInt(1),
            id,
            clock.millis())
        .isPresent();
  }

  private void endSurplus(User user) {
    List<String> ids =
        database.query(
            "SELECT token_hash FROM sessions WHERE user_id = ? ORDER BY expires_ms DESC",
            row -> row.getString(1),
            user.id());
    ids.stream().skip(MOST_PER_USER - 1L).forEach(this::end);
  }

  private void end(String id) {
    database.change(() -> database.execute("DELETE FROM sessions WHERE token_hash = ?", id));
    forgetOne(id);
  }

  void forget(String userId) {
    live.forEach(
        (id, session) -> {
          if (session.userId().equals(userId)) {
            forgetOne(id);
          }
        });
  }

  /** The sessions go on without keys. */
  void lockKeys(String userId) {
    live.keySet()
        .forEach(
            id -> {
              Live unused = live.computeIfPresent(id, (key, was) -> locked(userId, was));
            });
  }

  private static Live locked(String userId, Live session) {
    if (!session.userId().equals(userId)) {
      return session;
    }
    session.keys().close();
    return session.with(RoleKeys.none());
  }

  void forgetOthers(Session kept) {
    live.forEach(
        (id, session) -> {
          if (session.userId().equals(kept.user().id()) && !id.equals(kept.id())) {
            forgetOne(id);
          }
        });
  }

  private void forgetOne(String id) {
    Live gone = live.remove(id);
    if (gone != null) {
      gone.keys().close();
    }
  }

  void close() {
    live.keySet().forEach(this::forgetOne);
  }

  private static String id(String token) {
    return HexFormat.of().formatHex(Digests.sha256(token.getBytes(StandardCharsets.UTF_8)));
  }
}
