package org.medseal.ledger.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Short forms for the journal's tests. */
final class JournalFrames {
  private JournalFrames() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static List<String> texts(Journal journal, long from) {
    List<String> found = new ArrayList<>();
    journal.replay(
        from, (position, type, payload) -> found.add(new String(payload, StandardCharsets.UTF_8)));
    return found;
  }

  static List<String> reopened(Path folder, JournalOptions options) {
    try (Journal journal = Journal.open(folder, options)) {
      return texts(journal, 0);
    }
  }
}
