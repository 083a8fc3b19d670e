package org.medseal.bench.dicom;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medseal.client.AdminClient;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.dicom.DicomCodec;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.demo.DemoConsortium;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.DemoOptions;
import org.medseal.demo.Poll;

/**
 * A series as a hospital has it: instances of half a megabyte are sent by C-STORE, or dropped into
 * a folder, to the first of four hospitals, each a process of its own, and are taken, sealed, kept
 * and committed; the second asks for all of them, the custodian grants, and the physician downloads
 * one, whose pixels are compared. Prints how long each step took. Arguments: folder on the disk to
 * measure, number of instances (500), associations they come over (1; 0 for the folder).
 */
public final class SeriesRun {
  private static final int HOSPITALS = 4;
  private static final List<String> WAITING = List.of("RECEIVED");
  private static final List<String> OPEN = List.of("RECEIVED", "SEALED", "SUBMITTED");
  private static final int MOST_ASKED_AT_ONCE = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Map<String, String> PATIENT =
      Map.of("authority", "2.16.840.1.113883.4.1", "type", "SS", "id", "987-65-4320");

  private final DemoConsortium consortium;
  private final int instances;
  private final SeriesImages images = new SeriesImages();
  private final long start = System.nanoTime();

  private SeriesRun(DemoConsortium consortium, int instances) throws IOException {
    this.consortium = consortium;
    this.instances = instances;
  }

  public static void main(String[] arguments) throws Exception {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target");
    int instances = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
    int associations = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    Files.createDirectories(parent);
    DemoOptions options =
        new DemoOptions(
            HOSPITALS,
            Files.createTempDirectory(parent, "series-"),
            Optional.of(UnlistedAuthority.LOCAL),
            true);
    try (DemoConsortium consortium = DemoConsortium.foundAnywhere(options)) {
      consortium.start();
      consortium.registerPeople();
      new SeriesRun(consortium, instances).run(associations);
    }
  }

  private void run(int associations) throws Exception {
    DemoHospital author = consortium.hospital(1);
    if (associations == 0) {
      images.drop(instances, author.process().home().drop("dicom"));
      say("dropped");
    } else {
      store(author, associations);
    }
    AdminClient operator = author.asOperator();
    Poll.until("all being taken", PATIENCE, () -> all(counts(operator), List.of(), "taken"));
    say("taken into the inbox, durable");
    Poll.until("all being sealed", PATIENCE, () -> all(counts(operator), WAITING, "sealed"));
    say("de-identified, sealed");
    Poll.until("all being committed", PATIENCE, () -> all(counts(operator), OPEN, "committed"));
    say("committed at the author");
    for (DemoHospital hospital : consortium.hospitals()) {
      AdminClient physician = hospital.asPhysician();
      Poll.until(
          "all being at " + hospital.name(),
          PATIENCE,
          () -> Optional.of(found(physician)).filter(ids -> ids.size() == instances));
    }
    say("found by the patient's identifier on " + HOSPITALS + " nodes");
    readOne();
  }

  private void store(DemoHospital author, int associations) throws Exception {
    int port = author.endpoints().dicom().port();
    try (Senders senders = new Senders(port, associations, SeriesImages.OFFER)) {
      long begin = System.nanoTime();
      senders.send(instances, images::image);
      double rate = instances / ((System.nanoTime() - begin) / 1e9);
      say(
          String.format(
              Locale.ROOT,
              "answered 0000H over %d association(s), %.1f a second, %d sent again after A700H",
              associations,
              rate,
              senders.repeats()));
    }
  }

  private Optional<Boolean> all(JsonNode counts, List<String> not, String what) {
    int known = 0;
    for (JsonNode count : counts) {
      known += count.asInt();
    }
    if (counts.path("QUARANTINED").asInt() + counts.path("FAILED").asInt() > 0) {
      throw new IllegalStateException("not all can be " + what + ": " + counts);
    }
    boolean done = known == instances && not.stream().allMatch(s -> counts.path(s).asInt() == 0);
    return done ? Optional.of(true) : Optional.empty();
  }

  private static JsonNode counts(AdminClient operator) {
    return operator.get("/api/v1/messages", Map.of("limit", "1")).expect(200).json().path("counts");
  }

  private static List<String> found(AdminClient physician) {
    List<String> ids = new ArrayList<>();
    physician
        .get("/api/v1/records", PATIENT)
        .expect(200)
        .json()
        .path("records")
        .forEach(record -> ids.add(record.path("txId").asText()));
    return ids;
  }

  private void readOne() throws IOException {
    AdminClient physician = consortium.hospital(2).asPhysician();
    List<String> ids = found(physician);
    List<String> requests = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += MOST_ASKED_AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + MOST_ASKED_AT_ONCE));
      requests.add(request(physician, some));
    }
    say("asked for in " + requests.size() + " requests");
    AdminClient administrator = consortium.hospital(1).asAdmin();
    for (String request : requests) {
      Poll.until("the request", PATIENCE, () -> state(administrator, request));
      administrator
          .post("/api/v1/requests/" + request + "/approve", Map.of("reply", "For the admission."))
          .expect(200, 201, 204);
    }
    for (String request : requests) {
      Poll.until(
          "the decision", PATIENCE, () -> state(physician, request).filter("APPROVED"::equals));
    }
    say("granted");
    AdminClient.Answer record =
        physician.get("/api/v1/requests/" + requests.get(0) + "/records/" + ids.get(0)).expect(200);
    DicomFile file = DicomCodec.standard().read(Content.of(record.body()));
    Element.Plain pixels = (Element.Plain) file.dataset().find(Tag.PIXEL_DATA).orElseThrow();
    boolean same = images.hasPixels(Values.bytes(pixels.value()));
    say(
        "one of "
            + record.body().length
            + " bytes downloaded, pixels "
            + (same ? "the same" : "OTHER"));
    if (!same) {
      throw new IllegalStateException("the downloaded pixels are nobody's");
    }
  }

  private static String request(AdminClient physician, List<String> ids) {
    return physician
        .post(
            "/api/v1/requests",
            Map.of("txIds", ids, "purpose", "TREATMENT", "justification", "Admitted to our ward."))
        .expect(200, 201)
        .json()
        .path("id")
        .asText();
  }

  private static Optional<String> state(AdminClient reader, String request) {
    AdminClient.Answer answer = reader.get("/api/v1/requests/" + request);
    return answer.status() == 200
        ? Optional.of(answer.json().path("state").asText())
        : Optional.empty();
  }

  private void say(String what) {
    System.out.printf(
        Locale.ROOT, "%7.1f s  %d %s%n", (System.nanoTime() - start) / 1e9, instances, what);
  }
}
