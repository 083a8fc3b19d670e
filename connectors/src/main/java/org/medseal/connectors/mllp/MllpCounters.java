package org.medseal.connectors.mllp;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Defects seen since start-up. */
public final class MllpCounters {
  private final Map<MllpDefect, LongAdder> counts = new EnumMap<>(MllpDefect.class);

  public MllpCounters() {
    for (MllpDefect defect : MllpDefect.values()) {
      counts.put(defect, new LongAdder());
    }
  }

  void count(MllpDefect defect) {
    counts.get(defect).increment();
  }

  public long of(MllpDefect defect) {
    return counts.get(defect).sum();
  }
}
