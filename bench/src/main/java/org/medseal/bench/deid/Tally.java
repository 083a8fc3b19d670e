package org.medseal.bench.deid;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.connectors.deidentify.Outcome;

/** Figures of many messages of one format. Not safe for use by threads. */
final class Tally {
  private static final int EXAMPLES = 5;

  private final SortedMap<String, Integer> outcomes = new TreeMap<>();
  private final SortedMap<String, long[]> identifiers = new TreeMap<>();
  private final List<String> examples = new ArrayList<>();
  private long messages;
  private long unmoved;
  private long clinical;
  private long kept;

  void outcome(Outcome outcome) {
    messages++;
    String label = outcome.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    outcomes.merge(
        outcome instanceof Outcome.Quarantined q ? label + " " + q.reason() : label,
        1,
        Integer::sum);
  }

  /** {@code where} names the message for whoever has to look, by its seed or file. */
  void identifier(String group, boolean left, String where) {
    long[] counts = identifiers.computeIfAbsent(group, g -> new long[2]);
    counts[0]++;
    if (left) {
      counts[1]++;
      if (examples.size() < EXAMPLES) {
        examples.add(where + " " + group);
      }
    }
  }

  /** A record whose patient's date offset is 0 days. */
  void unmoved() {
    unmoved++;
  }

  /** {@code wanted} are values of the source; each may be met by one value of the record. */
  void medicine(List<String> wanted, List<String> record) {
    List<String> left = new ArrayList<>(record);
    clinical += wanted.size();
    kept += wanted.stream().filter(left::remove).count();
  }

  void add(Tally other) {
    messages += other.messages;
    unmoved += other.unmoved;
    clinical += other.clinical;
    kept += other.kept;
    other.outcomes.forEach((k, v) -> outcomes.merge(k, v, Integer::sum));
    other.identifiers.forEach(
        (group, counts) -> {
          long[] own = identifiers.computeIfAbsent(group, g -> new long[2]);
          own[0] += counts[0];
          own[1] += counts[1];
        });
    examples.addAll(other.examples);
  }

  long messages() {
    return messages;
  }

  long offsetsOfZero() {
    return unmoved;
  }

  long planted() {
    return identifiers.values().stream().mapToLong(c -> c[0]).sum();
  }

  long left() {
    return identifiers.values().stream().mapToLong(c -> c[1]).sum();
  }

  SortedMap<String, Integer> outcomes() {
    return outcomes;
  }

  /** Share of identifiers that are gone; 1 means all. */
  double recall() {
    return planted() == 0 ? 1 : (planted() - left()) / (double) planted();
  }

  /** Share of clinical values that are kept, values of quarantined messages counted as lost. */
  double utility() {
    return clinical == 0 ? 1 : kept / (double) clinical;
  }

  /** A table of groups, then a line of sums. */
  String report(String title) {
    StringBuilder out = new StringBuilder(title).append(": ").append(messages).append(" messages ");
    out.append(outcomes).append('\n');
    identifiers.forEach(
        (group, c) ->
            out.append(
                String.format(
                    Locale.ROOT, "  %-26s %,12d identifiers %,6d left%n", group, c[0], c[1])));
    out.append(
        String.format(
            Locale.ROOT,
            "  recall  %.4f %% of %,d identifiers (%d of them left)%n"
                + "  utility %.2f %% of %,d codes and numbers (%d lost)%n",
            100 * recall(),
            planted(),
            left(),
            100 * utility(),
            clinical,
            clinical - kept));
    if (unmoved > 0) {
      out.append(String.format("  %d records whose date offset is 0 days%n", unmoved));
    }
    examples.forEach(e -> out.append("  left: ").append(e).append('\n'));
    return out.toString();
  }
}
