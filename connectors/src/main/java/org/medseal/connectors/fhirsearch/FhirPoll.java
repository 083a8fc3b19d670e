package org.medseal.connectors.fhirsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.fhirsearch.SearchPage.Found;
import org.medseal.ledger.model.Bytes;

/**
 * Reads what changed on a server since the last poll. Believes nothing: what is too old or known is
 * left out here whatever the server's filter does, and a type's marker moves only when all of its
 * pages are stored. One thread.
 */
public final class FhirPoll {
  /** Takes one resource, byte for byte; when it returns the resource is durable. */
  public interface Sink {
    void take(byte[] resource) throws Exception;
  }

  /**
   * What a poll did.
   *
   * @param taken resources handed on
   * @param left resources the server sent again or unasked
   */
  public record Summary(int taken, int left) {}

  private final String feed;
  private final SearchSettings settings;
  private final FhirServer server;
  private final PollStates states;
  private final PollState state;
  private final InstantSource clock;
  private int taken;
  private int left;

  /** Continues where the feed's last poll ended. */
  public FhirPoll(String feed, SearchSettings settings, PollStates states, InstantSource clock) {
    this.feed = feed;
    this.settings = settings;
    this.server = new FhirServer(settings, clock);
    this.states = states;
    this.state = states.load(feed);
    this.clock = clock;
  }

  /**
   * Asks for every type once. On SearchException, or whatever the sink throws, what was taken stays
   * known and the marker of the type stands.
   */
  public Summary poll(Sink sink) throws Exception {
    taken = 0;
    left = 0;
    try {
      for (String type : settings.types()) {
        type(type, sink);
      }
    } finally {
      states.keep(feed, state);
    }
    return new Summary(taken, left);
  }

  /**
   * Ends the poll under way soon, and every later one; from any thread. A poll is not interrupted,
   * since that would close the files of the store it writes to.
   */
  public void stop() {
    server.stop();
  }

  private void type(String type, Sink sink) throws Exception {
    Optional<Instant> since = state.marker(type).map(m -> m.minus(settings.overlap()));
    Optional<Instant> newest = Optional.empty();
    Instant latest = clock.instant();
    Set<URI> read = new HashSet<>();
    Optional<URI> page = Optional.of(server.search(type, since));
    while (page.isPresent()) {
      URI at = page.get();
      if (!read.add(at)) {
        throw SearchException.of(SearchException.Reason.LOOP, type);
      }
      if (read.size() > settings.limits().maxPages()) {
        throw SearchException.of(SearchException.Reason.TOO_LARGE, "(pages of " + type + ")");
      }
      FhirServer.Answer answer = server.get(at);
      if (read.size() == 1) {
        latest = answer.date().orElse(latest);
      }
      for (Found found : answer.page().found()) {
        take(found, since, sink);
        newest = later(newest, found.lastUpdated());
      }
      page = next(at, answer.page());
    }
    advance(type, newest, latest);
  }

  private Optional<URI> next(URI at, SearchPage page) throws SearchException {
    return page.next().isPresent()
        ? Optional.of(server.next(at, page.next().get()))
        : Optional.empty();
  }

  private void take(Found found, Optional<Instant> since, Sink sink) throws Exception {
    boolean old =
        since.isPresent() && found.lastUpdated().filter(u -> u.isBefore(since.get())).isPresent();
    Bytes fingerprint = fingerprint(found);
    if (old || state.isSeen(fingerprint)) {
      left++;
      return;
    }
    sink.take(found.raw());
    taken++;
    state.seen(fingerprint, found.lastUpdated());
  }

  /** A version of a resource; where the server counts none, its very bytes. */
  private Bytes fingerprint(Found found) {
    if (found.id().isEmpty() || found.version().isEmpty()) {
      return states.fingerprint(feed, found.raw());
    }
    return states.fingerprint(
        feed,
        found.type().getBytes(UTF_8),
        found.id().get().getBytes(UTF_8),
        found.version().get().getBytes(UTF_8),
        found.lastUpdated().map(Instant::toString).orElse("").getBytes(UTF_8));
  }

  private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
    return a.isEmpty() || (b.isPresent() && b.get().isAfter(a.get())) ? b.or(() -> a) : a;
  }

  /** Not beyond the server's own clock: a resource dated next year must not hide this one's. */
  private void advance(String type, Optional<Instant> newest, Instant latest) {
    newest.ifPresent(to -> state.advance(type, to.isAfter(latest) ? latest : to));
    settings.types().stream()
        .map(state::marker)
        .map(m -> m.orElse(Instant.EPOCH))
        .min(Instant::compareTo)
        .ifPresent(oldest -> state.forgetBefore(oldest.minus(settings.overlap())));
  }
}
