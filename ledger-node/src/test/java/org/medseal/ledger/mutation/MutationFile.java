package org.medseal.ledger.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.medseal.ledger.mutation.Mutation.Patch;

/** Reads {@code ledger-node/mutations/mutations.txt}, whose head says how it is written. */
final class MutationFile {
  private final List<Mutation> mutations = new ArrayList<>();
  private String name = "";
  private String file = "";
  private List<Patch> patches = new ArrayList<>();
  private List<String> red = new ArrayList<>();
  private boolean simulated;

  private MutationFile() {}

  static List<Mutation> read(Path path) throws IOException {
    MutationFile reading = new MutationFile();
    Iterator<String> lines = Files.readAllLines(path).iterator();
    while (lines.hasNext()) {
      reading.take(lines.next(), lines);
    }
    reading.finish();
    return reading.mutations;
  }

  private void take(String line, Iterator<String> lines) {
    if (line.startsWith("== ")) {
      finish();
      name = line.substring(3);
    } else if (line.startsWith("file ")) {
      file = line.substring(5);
    } else if (line.equals("<<<")) {
      String from = until(">>>", lines);
      patches.add(new Patch(file, from, until("===", lines)));
    } else if (line.startsWith("red ")) {
      red.add(line.substring(4));
    } else if (line.equals("sim")) {
      simulated = true;
    } else if (!line.isBlank() && !line.startsWith("#")) {
      throw new IllegalArgumentException("mutation '" + name + "' does not understand: " + line);
    }
  }

  private static String until(String end, Iterator<String> lines) {
    List<String> text = new ArrayList<>();
    for (String line = lines.next(); !line.equals(end); line = lines.next()) {
      text.add(line);
    }
    return String.join("\n", text);
  }

  private void finish() {
    if (!name.isEmpty()) {
      mutations.add(new Mutation(name, patches, red, simulated));
    }
    patches = new ArrayList<>();
    red = new ArrayList<>();
    simulated = false;
  }
}
