package org.medseal.pages.clinical.dicom;

import java.util.ArrayList;
import java.util.List;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.pages.clinical.shown.ShownText;
import org.medseal.pages.clinical.shown.ShownTime;

/**
 * What a reader wants to know of an image before its header.
 *
 * @param facts those the header gives
 * @param frames how many; 1 for what is no image, too
 * @param windows how many windows the header offers for the first frame
 * @param obstacle why there is no picture; NONE where there is one
 */
public record ImageFacts(List<Fact> facts, int frames, int windows, Obstacle obstacle) {
  private static final int MOST_CHARACTERS = 300;
  private static final int ROWS = 0x00280010;
  private static final int COLUMNS = 0x00280011;

  public ImageFacts {
    facts = List.copyOf(facts);
  }

  /**
   * A fact.
   *
   * @param name last part of the key of its label
   */
  public record Fact(String name, ShownText value) {}

  public static ImageFacts of(DicomHead head) {
    Header header = new Header(head.file().dataset());
    FrameSource source = FrameSource.of(head);
    List<Fact> facts = new ArrayList<>();
    text(facts, "modality", header.text(0x00080060));
    text(facts, "study", header.text(0x00081030));
    text(facts, "series", header.text(0x0008103E));
    text(facts, "bodyPart", header.text(0x00180015));
    text(facts, "date", date(header, 0x00080020, 0x00080030));
    text(facts, "sex", header.text(0x00100040));
    text(facts, "age", header.text(0x00101010));
    text(facts, "manufacturer", device(header));
    text(facts, "size", size(header));
    text(facts, "frames", source.layout().map(each -> "" + each.frames()).orElse(""));
    text(facts, "photometric", header.text(0x00280004));
    text(facts, "syntax", TransferSyntaxName.of(head.file().syntax().uid()));
    int windows = GreyScale.of(header, 1).windows().size();
    int frames = source.layout().map(each -> each.frames()).orElse(1);
    return new ImageFacts(facts, frames, windows, source.obstacle());
  }

  private static void text(List<Fact> to, String name, String value) {
    if (!value.isEmpty()) {
      to.add(new Fact(name, ShownText.of(value, MOST_CHARACTERS)));
    }
  }

  private static String date(Header header, int date, int time) {
    return (ShownTime.of(header.text(date)) + " " + ShownTime.clock(header.text(time))).strip();
  }

  private static String device(Header header) {
    return (header.text(0x00080070) + " " + header.text(0x00081090)).strip();
  }

  private static String size(Header header) {
    int rows = header.word(ROWS);
    int columns = header.word(COLUMNS);
    return rows > 0 && columns > 0 ? columns + " × " + rows : "";
  }
}
