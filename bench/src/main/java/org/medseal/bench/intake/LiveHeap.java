package org.medseal.bench.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is alive in a process after a full collection, by class, as the JDK's {@code jcmd} counts
 * it.
 */
record LiveHeap(long bytes, Map<String, Long> byClass) {
  LiveHeap {
    byClass = Map.copyOf(byClass);
  }

  static LiveHeap of(long pid) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long all = 0;
    Map<String, Long> byClass = new HashMap<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.trim().split("\\s+", -1);
        if (words[0].equals("Total")) {
          all = Long.parseLong(words[2]);
        } else if (words.length >= 4 && words[0].endsWith(":") && words[1].matches("\\d+")) {
          byClass.merge(words[3], Long.parseLong(words[2]), Long::sum);
        }
      }
    }
    if (all == 0) {
      throw new IOException("jcmd tells nothing of process " + pid);
    }
    return new LiveHeap(all, byClass);
  }

  /** The classes that grew most since, and by how many KiB. */
  List<String> grownSince(LiveHeap before, int most) {
    return byClass.keySet().stream()
        .sorted(Comparator.comparingLong((String c) -> -growth(before, c)))
        .limit(most)
        .map(c -> c + " +" + (growth(before, c) >> 10) + " KiB")
        .toList();
  }

  private long growth(LiveHeap before, String name) {
    return byClass.get(name) - before.byClass.getOrDefault(name, 0L);
  }
}
