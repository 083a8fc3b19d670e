package org.medseal.pages.operations;

import java.util.List;

/**
 * A list of messages.
 *
 * @param feeds names to choose from
 * @param reasons codes to choose from
 * @param more id of the last one shown if older ones follow; else empty
 */
record MessagesView(
    MessageFilter filter,
    List<Count> counts,
    List<String> feeds,
    List<String> reasons,
    List<MessageRow> messages,
    String more) {

  /** Messages of a state, in all. */
  record Count(String state, long messages) {
    String tone() {
      return messages == 0 ? "" : MessageRow.tone(state);
    }
  }

  boolean hasKeptBack() {
    return messages.stream().anyMatch(MessageRow::isKeptBack);
  }
}
