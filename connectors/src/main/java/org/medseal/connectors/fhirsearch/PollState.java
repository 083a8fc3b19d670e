package org.medseal.connectors.fhirsearch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.model.Bytes;

/**
 * How far a server has been read: a marker per resource type, and fingerprints of what was taken
 * that a search may bring again. Of the fingerprints the youngest are kept, so that memory is
 * bounded; what is forgotten is taken again, and stored once by the inbox. One thread.
 */
final class PollState {
  static final int MAX_SEEN = 500_000;
  private static final int FINGERPRINT = 32;
  private static final int MAX_TYPES = 1_000;
  private static final int MAX_NAME = 64;
  private static final long UNDATED = Long.MAX_VALUE;

  private final Map<String, Instant> markers = new TreeMap<>();

  /** By fingerprint: when the resource was changed, in ms; {@link #UNDATED} if nobody said. */
  private final Map<Bytes, Long> seen = new LinkedHashMap<>();

  Optional<Instant> marker(String type) {
    return Optional.ofNullable(markers.get(type));
  }

  void advance(String type, Instant to) {
    markers.merge(type, to, (a, b) -> a.isAfter(b) ? a : b);
  }

  boolean isSeen(Bytes fingerprint) {
    return seen.containsKey(fingerprint);
  }

  void seen(Bytes fingerprint, Optional<Instant> changed) {
    seen.put(fingerprint, changed.map(Instant::toEpochMilli).orElse(UNDATED));
    if (seen.size() > MAX_SEEN) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  /** Forgets what is filtered by its date from now on. */
  void forgetBefore(Instant oldest) {
    seen.values().removeIf(changed -> changed < oldest.toEpochMilli());
  }

  int seenCount() {
    return seen.size();
  }

  byte[] encode() {
    return new CanonicalWriter()
        .list(
            List.copyOf(markers.entrySet()),
            (out, m) -> out.string(m.getKey()).u64(m.getValue().toEpochMilli()))
        .list(new ArrayList<>(seen.entrySet()), (out, s) -> out.fixed(s.getKey()).u64(s.getValue()))
        .toByteArray();
  }

  static PollState decode(byte[] bytes) {
    PollState state = new PollState();
    CanonicalReader in = new CanonicalReader(bytes);
    in.list(MAX_TYPES, r -> Map.entry(r.string(MAX_NAME), Instant.ofEpochMilli(r.u64())))
        .forEach(m -> state.markers.put(m.getKey(), m.getValue()));
    in.list(MAX_SEEN, r -> Map.entry(r.fixed(FINGERPRINT), r.u64()))
        .forEach(s -> state.seen.put(s.getKey(), s.getValue()));
    in.end();
    return state;
  }
}
