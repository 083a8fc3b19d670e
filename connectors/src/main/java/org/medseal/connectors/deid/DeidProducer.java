package org.medseal.connectors.deid;

import java.io.UncheckedIOException;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Explanation;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.inbox.InboxConstants;
import org.medseal.connectors.message.MessageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the released records in the body. Anything else is journalled and ends the route; whatever a
 * rule throws quarantines the message.
 */
final class DeidProducer extends DefaultProducer {
  private static final Logger LOG = LoggerFactory.getLogger(DeidProducer.class);

  private final MessageStore store;
  private final Function<Format, Deidentifier> deidentifiers;
  private final FeedPolicies policies;

  DeidProducer(
      DeidEndpoint endpoint,
      MessageStore store,
      Function<Format, Deidentifier> deidentifiers,
      FeedPolicies policies) {
    super(endpoint);
    this.store = store;
    this.deidentifiers = deidentifiers;
    this.policies = policies;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Message message = exchange.getMessage();
    String id = message.getHeader(InboxConstants.MESSAGE_ID, String.class);
    Outcome outcome = deidentify(id, message);
    if (outcome instanceof Outcome.Released released) {
      message.setBody(released.records());
      return;
    }
    if (outcome instanceof Outcome.Quarantined quarantined) {
      store.quarantined(id, quarantined.reason(), quarantined.place());
    } else if (outcome instanceof Outcome.NotARecord other) {
      store.notARecord(id, other.kind());
    }
    message.setBody(null);
    exchange.setRouteStop(true);
  }

  /** The message may be hostile: a rule that fails on it, or runs out of stack, keeps it back. */
  private Outcome deidentify(String id, Message message) throws Exception {
    Content content =
        message.getBody() instanceof Content large
            ? large
            : Content.of(message.getMandatoryBody(byte[].class));
    Format format = message.getHeader(InboxConstants.FORMAT, Format.class);
    FeedPolicy policy = policies.of(message.getHeader(InboxConstants.FEED, String.class));
    try {
      return deidentifiers.apply(format).deidentify(content, policy, Explanation.none());
    } catch (UncheckedIOException e) { // the disk below, which another attempt may find mended
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.warn("message {} is quarantined, a rule failed ({})", id, e.getClass().getName());
      return new Outcome.Quarantined(QuarantineReason.RULE_ERROR, DeidConstants.PLACE_UNKNOWN);
    }
  }
}
