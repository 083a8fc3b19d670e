package org.medseal.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.client.AdminClient;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.demo.DemoConsortium;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.DemoOptions;
import org.medseal.demo.Poll;

/** Running hospitals in processes of their own, as a test sees them from outside. */
final class Hospitals implements AutoCloseable {
  private static final int PAGE = 500;

  private final DemoConsortium consortium;

  private Hospitals(DemoConsortium consortium) {
    this.consortium = consortium;
  }

  static Hospitals start(Path folder, UnlistedAuthority unlisted) throws IOException {
    Files.createDirectories(folder);
    DemoConsortium consortium =
        DemoConsortium.foundAnywhere(new DemoOptions(4, folder, Optional.of(unlisted), true));
    try {
      consortium.start();
      consortium.registerPeople();
      return new Hospitals(consortium);
    } catch (RuntimeException e) {
      consortium.close();
      throw e;
    }
  }

  DemoHospital hospital(int number) {
    return consortium.hospital(number);
  }

  List<DemoHospital> all() {
    return consortium.hospitals();
  }

  /** All messages of a hospital, page by page. */
  static List<JsonNode> messages(DemoHospital hospital) {
    AdminClient operator = hospital.asOperator();
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    while (true) {
      Map<String, String> query = new TreeMap<>();
      query.put("limit", String.valueOf(PAGE));
      if (!after.isEmpty()) {
        query.put("after", after);
      }
      JsonNode page = operator.get("/api/v1/messages", query).expect(200).json().path("messages");
      page.forEach(all::add);
      if (page.size() < PAGE) {
        return all;
      }
      after = page.get(page.size() - 1).path("id").asText();
    }
  }

  /** Waits until no message of the hospital is on its way any more; how many are in each state. */
  static Map<String, Integer> awaitSettled(DemoHospital hospital, int atLeast, Duration within) {
    return Poll.until(
        hospital.name() + " having nothing on its way",
        within,
        () -> {
          Map<String, Integer> counts = counts(messages(hospital));
          int all = counts.values().stream().mapToInt(Integer::intValue).sum();
          boolean moving =
              counts.containsKey("RECEIVED")
                  || counts.containsKey("SEALED")
                  || counts.containsKey("SUBMITTED");
          return all >= atLeast && !moving ? Optional.of(counts) : Optional.empty();
        });
  }

  static Map<String, Integer> counts(List<JsonNode> messages) {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode message : messages) {
      String state = message.path("state").asText();
      String reason = message.path("reason").asText("");
      counts.merge(
          reason.isEmpty() || reason.equals("null") ? state : state + " " + reason,
          1,
          Integer::sum);
    }
    return counts;
  }

  /**
   * Ids of all records in a hospital's own copy of the ledger, in ledger order, repeats included.
   */
  static List<String> recordIds(DemoHospital hospital) {
    AdminClient reader = hospital.asOperator();
    long height = reader.get("/api/v1/ledger/status").expect(200).json().path("height").asLong();
    List<String> ids = new ArrayList<>();
    for (long h = 1; h <= height; h++) {
      JsonNode block = reader.get("/api/v1/ledger/blocks/" + h).expect(200).json();
      for (JsonNode transaction : block.path("transactions")) {
        if (transaction.path("kind").asText().equals("Record")) {
          ids.add(transaction.path("txId").asText());
        }
      }
    }
    return ids;
  }

  static long height(DemoHospital hospital) {
    return hospital
        .asOperator()
        .get("/api/v1/ledger/status")
        .expect(200)
        .json()
        .path("height")
        .asLong();
  }

  @Override
  public void close() {
    consortium.close();
  }
}
