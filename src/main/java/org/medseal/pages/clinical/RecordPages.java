package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.pages.Body;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.pages.PageProblem;
import org.medseal.pages.clinical.dicom.DicomFrame;
import org.medseal.pages.clinical.dicom.DicomImage;
import org.medseal.pages.clinical.dicom.Obstacle;

/** A decrypted record: shown, its picture, its download, its true dates. */
final class RecordPages {
  private final ReadingRoom room = new ReadingRoom();

  List<Page> pages() {
    return List.of(
        Page.get("/requests/{id}/records/{txId}", ClinicalPages.PEOPLE, with(this::show, false)),
        Page.get(
            "/requests/{id}/records/{txId}/frame", ClinicalPages.PEOPLE, with(this::frame, false)),
        Page.get(
            "/requests/{id}/records/{txId}/download",
            ClinicalPages.PEOPLE,
            with(this::download, false)),
        Page.get("/requests/{id}/records/{txId}/dates", ClinicalPages.PEOPLE, this::askDates),
        Page.post("/requests/{id}/records/{txId}/dates", ClinicalPages.PEOPLE, this::dates),
        Page.get("/desk/{id}/records/{txId}", ClinicalPages.ADMIN, with(this::show, true)),
        Page.get("/desk/{id}/records/{txId}/frame", ClinicalPages.ADMIN, with(this::frame, true)),
        Page.get(
            "/desk/{id}/records/{txId}/download", ClinicalPages.ADMIN, with(this::download, true)));
  }

  /** What is done with an opened record. */
  private interface Reading {
    PageAnswer read(PageContext page, RecordDoor door, CallReply record) throws IOException;
  }

  private Page.Handling with(Reading reading, boolean desk) {
    Function<PageContext, RecordDoor> door =
        page ->
            desk
                ? RecordDoor.ofDesk(page.path("id"), page.path("txId"))
                : RecordDoor.ofAsker(page.path("id"), page.path("txId"));
    return page -> opened(page, door.apply(page), reading);
  }

  private PageAnswer opened(PageContext page, RecordDoor door, Reading reading) {
    CallReply reply = page.calls().get(door.target());
    if (!reply.ok()) {
      boolean locked = reply.problem().orElseThrow().name().equals("custodian-key-needed");
      return locked ? PageAnswer.seeOther(door.requestPath()) : page.problem(reply);
    }
    return reading(page, reply, () -> reading.read(page, door, reply));
  }

  /** One of few readers at a time; a record that does not hold is said to be so. */
  private PageAnswer reading(PageContext page, CallReply reply, ReadingRoom.Work work) {
    ReadingRoom.Outcome outcome = room.read(work);
    if (outcome.answer().isEmpty()) {
      ReadingRoom.release(reply);
      return page.problem(outcome.problem());
    }
    return outcome.answer().get();
  }

  private PageAnswer show(PageContext page, RecordDoor door, CallReply record) throws IOException {
    RecordView.Content content = RecordReading.read(page, record);
    return page.render(
        "clinical/record", new RecordView(door, offersDates(page, door), false, content));
  }

  private static boolean offersDates(PageContext page, RecordDoor door) {
    if (door.isDesk()) {
      return false;
    }
    CallReply request = page.calls().get("/requests/{id}", door.request());
    return request.ok() && RequestFacts.of(request.json()).isTreatment();
  }

  private PageAnswer frame(PageContext page, RecordDoor door, CallReply record) throws IOException {
    try (var in = RecordReading.stream(record)) {
      Optional<DicomHead> read = DicomImage.head(in);
      if (read.isEmpty()) {
        return noPicture(page, Obstacle.UNREADABLE);
      }
      try (DicomHead head = read.get()) {
        int frame = RecordReading.number(page.query("frame"), 1);
        int window = RecordReading.window(page.query("window"), Integer.MAX_VALUE);
        DicomFrame.Drawn drawn = DicomFrame.draw(head, new DicomFrame.Wish(frame, window));
        return drawn.png().isPresent()
            ? PageAnswer.content(200, "image/png", drawn.png().get())
            : noPicture(page, drawn.obstacle());
      }
    }
  }

  private static PageAnswer noPicture(PageContext page, Obstacle obstacle) {
    String why = page.text("record.obstacle." + obstacle.name().toLowerCase(Locale.ROOT));
    return page.problem(new PageProblem(404, "no-picture", why));
  }

  /** Verified part by part as it goes out: what does not hold breaks off. */
  private PageAnswer download(PageContext page, RecordDoor door, CallReply record) {
    return PageAnswer.download(
        record.mediaType(), name(door, record.mediaType()), RecordReading.stream(record));
  }

  private static String name(RecordDoor door, String mediaType) {
    String end =
        switch (mediaType) {
          case "application/hl7-v2" -> "hl7";
          case "application/fhir+json" -> "json";
          case "application/dicom" -> "dcm";
          default -> "bin";
        };
    return "medseal-" + door.brief() + "." + end;
  }

  private PageAnswer askDates(PageContext page) {
    CallReply authorities = page.calls().get("/authorities");
    return authorities.ok()
        ? page.render("clinical/dates", dates(page, authorities))
        : page.problem(authorities);
  }

  /** Answered in place: the identifier must not come into an address. */
  private PageAnswer dates(PageContext page) {
    CallReply authorities = page.calls().get("/authorities");
    if (!authorities.ok()) {
      return page.problem(authorities);
    }
    TrueDates form = dates(page, authorities);
    ObjectNode body = Body.object();
    body.put("authority", page.field("authority").strip()).put("id", page.field("id").strip());
    if (!page.field("type").isBlank()) {
      body.put("type", page.field("type").strip().toUpperCase(Locale.ROOT));
    }
    CallTarget target =
        CallTarget.of(
            "/requests/{id}/records/{txId}/dates", form.door().request(), form.door().record());
    CallReply reply = page.calls().post(target, body);
    if (!reply.ok()) {
      return page.refused(reply, "clinical/dates", form);
    }
    if (page.field("as").equals("download")) {
      return download(page, form.door(), reply);
    }
    return reading(
        page,
        reply,
        () ->
            page.render(
                "clinical/record",
                new RecordView(form.door(), true, true, RecordReading.read(page, reply))));
  }

  private static TrueDates dates(PageContext page, CallReply authorities) {
    return new TrueDates(
        RecordDoor.ofAsker(page.path("id"), page.path("txId")),
        SearchPages.choices(authorities),
        page.field("authority").strip());
  }
}
