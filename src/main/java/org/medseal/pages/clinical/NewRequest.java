package org.medseal.pages.clinical;

import java.util.Arrays;
import java.util.List;
import org.medseal.requests.Purpose;

/** A request being written. */
record NewRequest(List<RecordRow> records, String purpose, String justification) {
  static final int MOST_RECORDS = 200;

  NewRequest {
    records = List.copyOf(records);
  }

  List<String> purposes() {
    return Arrays.stream(Purpose.values()).map(Purpose::name).toList();
  }

  long count(String format) {
    return records.stream().filter(row -> row.format().equals(format)).count();
  }

  boolean isTooMany() {
    return records.size() > MOST_RECORDS;
  }
}
