package org.medseal.connectors.reprocess;

import java.util.ArrayList;
import java.util.List;
import org.medseal.connectors.deidentify.Explanation;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.message.MessageView;

/**
 * What reprocessing a message would come to under the rules and settings of now. Nothing of its
 * content is told.
 *
 * @param before as the message stands
 * @param after what the rules make of it now
 * @param explanation which rule took what
 */
public record DryRun(MessageView before, Outcome after, Explanation explanation) {

  /** Ends the name of a rule that leaves a value as it is. */
  private static final String KEEP = " keep";

  /** Whether reprocessing would end otherwise than it stands. */
  public boolean isDifferent() {
    return !stood().equals(becomes());
  }

  /** A line each, as a diff has it: what stands with "-", what would stand with "+". */
  public List<String> diff() {
    return isDifferent() ? List.of("- " + stood(), "+ " + becomes()) : List.of("  " + stood());
  }

  /**
   * What the rules take and leave, place by place: "-" what is removed, "~" what stands in another
   * form, " " what stands as it was, each with the rule and how often. Places and rules only; the
   * values are in the message's content, which the audit watches.
   */
  public List<String> places() {
    List<String> lines = new ArrayList<>();
    explanation.forEach(
        (line, times) ->
            lines.add(
                (line.kept() ? line.rule().endsWith(KEEP) ? "  " : "~ " : "- ")
                    + line.place()
                    + " by "
                    + line.rule()
                    + (times > 1 ? " (" + times + " times)" : "")));
    return lines;
  }

  private String stood() {
    String reason = before.reason().map(r -> " " + r.name()).orElse("");
    return before.state().name() + reason + before.place().map(p -> " " + p).orElse("");
  }

  private String becomes() {
    if (after instanceof Outcome.Quarantined quarantined) {
      return "QUARANTINED " + quarantined.reason().name() + " " + quarantined.place();
    }
    if (after instanceof Outcome.NotARecord other) {
      return "NOT_A_RECORD " + other.kind();
    }
    int records = ((Outcome.Released) after).records().size();
    return "RELEASED " + records + (records == 1 ? " record" : " records");
  }
}
