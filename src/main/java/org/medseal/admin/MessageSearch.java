package org.medseal.admin;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.MessageView;

/**
 * Which messages a list shows; what is left out does not narrow.
 *
 * @param received then or later, and before
 * @param newestFirst else oldest first
 */
record MessageSearch(
    Optional<MessageState> state,
    Optional<QuarantineReason> reason,
    Optional<String> feed,
    Span received,
    boolean newestFirst) {
  /** So many are looked at under the store's lock at once. */
  private static final int STRETCH = 500;

  private enum Order {
    OLDEST,
    NEWEST
  }

  /** From then on, and before then. */
  record Span(Optional<Instant> since, Optional<Instant> until) {
    boolean holds(Instant at) {
      return since.filter(at::isBefore).isEmpty()
          && until.filter(end -> !at.isBefore(end)).isEmpty();
    }
  }

  static MessageSearch of(Exchange exchange) {
    return new MessageSearch(
        exchange.queryOneOf("state", MessageState.class),
        exchange.queryOneOf("reason", QuarantineReason.class),
        exchange.query("feed"),
        new Span(time("since", exchange), time("until", exchange)),
        exchange.queryOneOf("order", Order.class).filter(Order.NEWEST::equals).isPresent());
  }

  private static Optional<Instant> time(String name, Exchange exchange) {
    return exchange.query(name).map(text -> instant(name, text));
  }

  static Instant instant(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Exchange.refused("'" + name + "' is a time such as 2025-11-23T08:00:00Z.");
    }
  }

  /** At most so many, from the one after the id on. */
  List<MessageView> page(MessageStore messages, int limit, Optional<String> after) {
    List<MessageView> found = new ArrayList<>();
    Optional<String> last = after;
    while (true) {
      List<MessageView> stretch =
          newestFirst ? messages.newest(state, STRETCH, last) : messages.list(state, STRETCH, last);
      for (MessageView each : stretch) {
        if (takes(each)) {
          found.add(each);
        }
        if (found.size() == limit) {
          return found;
        }
      }
      if (stretch.size() < STRETCH) {
        return found;
      }
      last = Optional.of(stretch.get(stretch.size() - 1).id());
    }
  }

  private boolean takes(MessageView message) {
    return (reason.isEmpty() || message.reason().equals(reason))
        && feed.filter(name -> !name.equals(message.feed())).isEmpty()
        && received.holds(message.receivedAt());
  }
}
