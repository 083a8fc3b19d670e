package org.medseal.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is searched for of every entry, column by column: some fifty bytes an entry, and a million
 * are looked through in a few milliseconds. Made anew from the journal at each start. Not
 * thread-safe.
 */
final class AuditColumns {
  private static final int FIRST = 1 << 10;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final Map<String, Integer> names = new HashMap<>();
  private int size;
  private long[] positions = new long[FIRST];
  private long[] atMs = new long[FIRST];
  private AuditAction[] actions = new AuditAction[FIRST];
  private int[] agents = new int[FIRST];
  private int[] outcomes = new int[FIRST];

  /** Where an entry's facts end among all; they begin where those before it end. */
  private int[] factsEnd = new int[FIRST];

  private long[] facts = new long[FIRST];

  int size() {
    return size;
  }

  long position(long sequence) {
    return positions[(int) sequence - 1];
  }

  void add(long position, ChainedEntry entry) {
    grow(entry.entry().facts().size());
    positions[size] = position;
    atMs[size] = entry.at().toEpochMilli();
    actions[size] = entry.entry().action();
    agents[size] = name(entry.entry().actor());
    outcomes[size] = name(entry.entry().outcome());
    int end = size == 0 ? 0 : factsEnd[size - 1];
    for (String value : entry.entry().facts().values()) {
      facts[end++] = hash(value);
    }
    factsEnd[size] = end;
    size++;
  }

  private void grow(int moreFacts) {
    if (size == positions.length) {
      int next = size * 2;
      positions = Arrays.copyOf(positions, next);
      atMs = Arrays.copyOf(atMs, next);
      actions = Arrays.copyOf(actions, next);
      agents = Arrays.copyOf(agents, next);
      outcomes = Arrays.copyOf(outcomes, next);
      factsEnd = Arrays.copyOf(factsEnd, next);
    }
    int used = size == 0 ? 0 : factsEnd[size - 1];
    if (used + moreFacts > facts.length) {
      facts = Arrays.copyOf(facts, Math.max(facts.length * 2, used + moreFacts));
    }
  }

  private int name(String name) {
    Integer known = names.putIfAbsent(name, names.size());
    return known == null ? names.size() - 1 : known;
  }

  /** A search prepared once, asked of one entry after the other. */
  interface Search {
    boolean matches(long sequence);
  }

  /** Facts are compared by a hash of 64 bits; they are ids and codes that this node made. */
  Search search(AuditQuery query) {
    Optional<Integer> agent = query.agent().map(this::known);
    boolean refused = query.outcome().filter(AuditQuery.REFUSED::equals).isPresent();
    int ok = known(AuditEntry.OK);
    int intended = known(AuditEntry.INTENDED);
    Optional<Integer> outcome = refused ? Optional.empty() : query.outcome().map(this::known);
    Optional<Long> entity = query.entity().map(AuditColumns::hash);
    long firstMs = query.period().firstMs();
    long endMs = query.period().endMs();
    return sequence -> {
      int at = (int) sequence - 1;
      return (query.action().isEmpty() || query.action().get() == actions[at])
          && (agent.isEmpty() || agents[at] == agent.get())
          && (outcome.isEmpty() || outcomes[at] == outcome.get())
          && (!refused || (outcomes[at] != ok && outcomes[at] != intended))
          && atMs[at] >= firstMs
          && atMs[at] < endMs
          && (entity.isEmpty() || hasFact(at, entity.get()));
    };
  }

  /** -1, which no entry has, for a name that is none's. */
  private int known(String name) {
    return names.getOrDefault(name, -1);
  }

  private boolean hasFact(int at, long hash) {
    for (int i = at == 0 ? 0 : factsEnd[at - 1]; i < factsEnd[at]; i++) {
      if (facts[i] == hash) {
        return true;
      }
    }
    return false;
  }

  private static long hash(String value) {
    long hash = FNV_OFFSET;
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
