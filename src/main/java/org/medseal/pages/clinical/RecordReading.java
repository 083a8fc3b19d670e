package org.medseal.pages.clinical;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.pages.CallReply;
import org.medseal.pages.PageContext;
import org.medseal.pages.clinical.RecordView.Content;
import org.medseal.pages.clinical.dicom.DicomImage;
import org.medseal.pages.clinical.dicom.DicomTable;
import org.medseal.pages.clinical.dicom.ImageFacts;
import org.medseal.pages.clinical.fhir.FhirReader;
import org.medseal.pages.clinical.fhir.FhirView;
import org.medseal.pages.clinical.hl7.Hl7Tree;
import org.medseal.pages.clinical.hl7.Hl7TreeReader;
import org.medseal.pages.clinical.shown.ShownText;

/** Reads of an opened record what its page shows, and no more. */
final class RecordReading {
  /** Of a message, so many bytes are read for showing. */
  static final int MOST_HL7_BYTES = 2 << 20;

  /** Of a resource or a Bundle. */
  static final int MOST_FHIR_BYTES = 16 << 20;

  private static final int MOST_RAW_CHARACTERS = 20_000;
  private static final int MOST_FRAMES = 10_000_000;

  private RecordReading() {}

  /** A page says how much of a message it shows at most. */
  static int mebibytes(String format) {
    return (format.equals("FHIR") ? MOST_FHIR_BYTES : MOST_HL7_BYTES) >> 20;
  }

  static Content read(PageContext page, CallReply record) throws IOException {
    Locale locale = Locale.forLanguageTag(page.view().language().tag());
    try (InputStream in = stream(record)) {
      return switch (record.mediaType()) {
        case "application/hl7-v2" -> hl7(in, locale);
        case "application/fhir+json" -> fhir(in, locale, number(page.query("part"), 1));
        case "application/dicom" -> dicom(in, page);
        default -> raw("", in.readNBytes(MOST_RAW_CHARACTERS));
      };
    }
  }

  /** The body, however it came; to be closed. */
  static InputStream stream(CallReply record) {
    return record.stream().orElseGet(() -> new ByteArrayInputStream(record.body()));
  }

  private static Content hl7(InputStream in, Locale locale) throws IOException {
    byte[] bytes = in.readNBytes(MOST_HL7_BYTES);
    boolean whole = in.read() < 0;
    byte[] segments = whole ? bytes : Arrays.copyOf(bytes, lastEnd(bytes));
    Optional<Hl7Tree> tree = new Hl7TreeReader(locale).read(segments);
    return tree.isPresent() ? new RecordView.Hl7(tree.get(), whole) : raw("HL7V2", bytes);
  }

  /** Behind the last whole segment. */
  private static int lastEnd(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\r' && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static Content fhir(InputStream in, Locale locale, int part) throws IOException {
    byte[] beginning = in.readNBytes(MOST_RAW_CHARACTERS);
    InputStream all = new SequenceInputStream(new ByteArrayInputStream(beginning), in);
    FhirView view = FhirReader.read(new BoundedInput(all, MOST_FHIR_BYTES), locale, part);
    return view.cards().isEmpty() ? raw("FHIR", beginning) : new RecordView.Fhir(view);
  }

  private static Content dicom(InputStream in, PageContext page) throws IOException {
    Optional<DicomHead> read = DicomImage.head(in);
    if (read.isEmpty()) {
      return new RecordView.Raw("DICOM", ShownText.of("", 0));
    }
    try (DicomHead head = read.get()) {
      ImageFacts facts = ImageFacts.of(head);
      int frame = Math.min(facts.frames(), number(page.query("frame"), 1));
      int window = window(page.query("window"), facts.windows());
      return new RecordView.Dicom(facts, DicomTable.of(head), frame, window);
    }
  }

  private static Content raw(String format, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return new RecordView.Raw(format, ShownText.of(text, MOST_RAW_CHARACTERS));
  }

  /** The header's first window unless another is asked for. */
  static int window(String asked, int offered) {
    int otherwise = offered > 0 ? 1 : 0;
    if (asked.equals("0")) {
      return 0;
    }
    return Math.min(number(asked, otherwise), offered);
  }

  /** At least 1. */
  static int number(String text, int otherwise) {
    return text.matches("[1-9][0-9]{0,6}")
        ? Math.min(Integer.parseInt(text), MOST_FRAMES)
        : otherwise;
  }
}
