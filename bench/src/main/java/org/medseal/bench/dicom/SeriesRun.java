package org.medseal.bench.dicom;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.medseal.client.AdminClient;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomCodec;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.DicomWriter;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;
import org.medseal.crypto.Digests;
import org.medseal.demo.DemoConsortium;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.DemoOptions;
import org.medseal.demo.Poll;

/**
 * A series as a hospital has it: instances of half a megabyte are dropped into the first of four
 * hospitals' folder, each a process of its own, and are taken, sealed, kept and committed; the
 * second asks for all of them, the custodian grants, and the physician downloads one, whose pixels
 * are compared. Prints how long each step took. Arguments: folder on the disk to measure, number of
 * instances.
 */
public final class SeriesRun {
  private static final int HOSPITALS = 4;
  private static final int SIDE = 512;
  private static final int INSTANCE_NUMBER = 0x00200013;
  private static final int ROWS = 0x00280010;
  private static final int COLUMNS = 0x00280011;
  private static final List<String> WAITING = List.of("RECEIVED");
  private static final List<String> OPEN = List.of("RECEIVED", "SEALED", "SUBMITTED");
  private static final int MOST_ASKED_AT_ONCE = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Path SAMPLE = Path.of("samples/dicom/ct-head.dcm");
  private static final Map<String, String> PATIENT =
      Map.of("authority", "2.16.840.1.113883.4.1", "type", "SS", "id", "987-65-4320");

  private final DemoConsortium consortium;
  private final int instances;
  private final long start = System.nanoTime();
  private final List<String> pixelHashes = new ArrayList<>();

  private SeriesRun(DemoConsortium consortium, int instances) {
    this.consortium = consortium;
    this.instances = instances;
  }

  public static void main(String[] arguments) throws IOException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target");
    int instances = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
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
      new SeriesRun(consortium, instances).run();
    }
  }

  private void run() throws IOException {
    DemoHospital author = consortium.hospital(1);
    drop(author.process().home().drop("dicom"));
    say("dropped");
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
    boolean same = pixelHashes.contains(hash(Values.bytes(pixels.value())));
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

  /** Written beside the folder and moved in, as a careful source does. */
  private void drop(Path folder) throws IOException {
    Dataset sample = DicomCodec.standard().read(Content.of(SAMPLE)).dataset();
    Path partial = folder.resolveSibling("series.partial");
    for (int number = 1; number <= instances; number++) {
      byte[] pixels = new byte[2 * SIDE * SIDE];
      new Random(number).nextBytes(pixels);
      pixelHashes.add(hash(pixels));
      Dataset instance = new Dataset();
      sample.elements().forEach(instance::put);
      instance
          .put(Element.ascii(Tag.SOP_INSTANCE_UID, Vr.UI, "1.2.3.4.5.1.2." + number))
          .put(Element.ascii(INSTANCE_NUMBER, Vr.IS, String.valueOf(number)))
          .put(new Element.Plain(ROWS, Vr.US, MemoryBulkData.of(new byte[] {0, SIDE >> 8})))
          .put(new Element.Plain(COLUMNS, Vr.US, MemoryBulkData.of(new byte[] {0, SIDE >> 8})))
          .put(new Element.Plain(Tag.PIXEL_DATA, Vr.OW, MemoryBulkData.of(pixels)));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
        DicomWriter.write(TransferSyntax.EXPLICIT_LITTLE, instance, out);
      }
      Files.move(partial, folder.resolve(number + ".dcm"), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256(bytes));
  }

  private void say(String what) {
    System.out.printf(
        Locale.ROOT, "%7.1f s  %d %s%n", (System.nanoTime() - start) / 1e9, instances, what);
  }
}
