package org.medseal.connectors.reprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deid.DeidConstants;
import org.medseal.connectors.deid.FeedPolicies;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Explanation;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageException;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.MessageView;

/** Tries kept-back messages under the present rules, and puts one, some or all back to work. */
public final class Reprocessing {
  private static final int PAGE = 500;

  private final MessageStore store;
  private final Function<Format, Deidentifier> deidentifiers;
  private final FeedPolicies policies;

  public Reprocessing(
      MessageStore store, Function<Format, Deidentifier> deidentifiers, FeedPolicies policies) {
    this.store = store;
    this.deidentifiers = deidentifiers;
    this.policies = policies;
  }

  /** Changes nothing. MessageException UNKNOWN_MESSAGE; CryptoException if it cannot be opened. */
  public DryRun dryRun(String id) {
    MessageView before =
        store
            .find(id)
            .orElseThrow(
                () ->
                    new MessageException(
                        MessageException.Reason.UNKNOWN_MESSAGE, "no message " + id));
    Explanation explanation = Explanation.wanted();
    return new DryRun(before, outcome(before, store.content(id), explanation), explanation);
  }

  /** As the pipeline does it: whatever a rule throws keeps the message back. */
  private Outcome outcome(MessageView message, Content content, Explanation explanation) {
    try {
      return deidentifiers
          .apply(message.format())
          .deidentify(content, policies.of(message.feed()), explanation);
    } catch (RuntimeException | StackOverflowError e) {
      return new Outcome.Quarantined(QuarantineReason.RULE_ERROR, DeidConstants.PLACE_UNKNOWN);
    }
  }

  /** Ids of all that the selection takes, by arrival. */
  public List<String> select(Selection selection) {
    List<String> ids = new ArrayList<>();
    Optional<String> last = Optional.empty();
    List<MessageView> page;
    do {
      page = store.list(selection.state(), PAGE, last);
      page.stream().filter(selection::takes).map(MessageView::id).forEach(ids::add);
      last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1).id());
    } while (page.size() == PAGE);
    return ids;
  }

  /** Puts all of them back to work; how many. One that somebody else put back is not counted. */
  public int reprocess(Selection selection) {
    return reprocess(selection, done -> {});
  }

  /** The same, and tells how many are done each time some are on disk. */
  public int reprocess(Selection selection, IntConsumer progress) {
    List<String> ids = select(selection);
    int done = 0;
    for (int from = 0; from < ids.size(); from += PAGE) {
      done += store.reprocess(ids.subList(from, Math.min(ids.size(), from + PAGE)));
      progress.accept(done);
    }
    return done;
  }
}
