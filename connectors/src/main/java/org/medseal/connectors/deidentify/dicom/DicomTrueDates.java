package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.TrueDates;
import org.medseal.connectors.deidentify.rules.Method;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomCodec;
import org.medseal.connectors.dicom.DicomException;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.DicomLimits;
import org.medseal.connectors.dicom.DicomReader;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;
import org.medseal.crypto.pseudonym.Pseudonym;

/**
 * True dates of DICOM records: DA and DT wherever a rule shifted them (no rule shifts a TM). The
 * record is read once for the places of its dates and once more when it is sent, so that its size
 * does not matter; (0028,0303) then says UNMODIFIED.
 */
public final class DicomTrueDates implements TrueDates {
  private static final String UNMODIFIED = "UNMODIFIED";

  private final DicomRules rules;

  private DicomTrueDates(DicomRules rules) {
    this.rules = rules;
  }

  /** DeidConfigException names file, line and key. */
  public static DicomTrueDates load(Path rulesYaml) {
    return new DicomTrueDates(DicomRules.load(rulesYaml));
  }

  @Override
  public String ruleSetId() {
    return rules.id();
  }

  @Override
  public Content restored(Content record, List<Pseudonym> candidates) throws IOException {
    try {
      PlacedValues places = new PlacedValues();
      DicomFile file = read(record, places);
      DateShift back = DateShift.undoing(patient(file, candidates).dateOffsetDays());
      return file.syntax().deflated()
          ? rewritten(record, back)
          : new PatchedContent(record, patches(file, places, back));
    } catch (DicomException e) {
      throw TrueDates.unreadable();
    }
  }

  private static DicomFile read(Content record, PlacedValues places) throws IOException {
    try (InputStream in = record.open()) {
      return new DicomReader(DicomLimits.STREAMED, places).read(in);
    }
  }

  private static Pseudonym patient(DicomFile file, List<Pseudonym> candidates) {
    return TrueDates.named(
        Values.firstAscii(file.dataset(), Tag.PATIENT_ID).orElse(""), candidates);
  }

  /** Of a deflated data set no byte can be replaced where it stands. */
  private Content rewritten(Content record, DateShift back) throws IOException {
    DicomCodec codec = DicomCodec.standard();
    DicomFile file = codec.read(record);
    Dataset restored = restored(file.dataset(), back);
    if (restored.contains(Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED)) {
      restored.put(
          Element.ascii(Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED, Vr.CS, UNMODIFIED));
    }
    return codec.write(file.syntax(), restored);
  }

  private Dataset restored(Dataset source, DateShift back) {
    Dataset out = new Dataset();
    for (Element element : source.elements()) {
      if (element instanceof Element.Sequence sequence && isKept(sequence)) {
        out.put(
            new Element.Sequence(
                sequence.tag(),
                sequence.items().stream().map(item -> restored(item, back)).toList()));
      } else if (element instanceof Element.Plain plain && isShifted(plain)) {
        byte[] dates = restored(plain, back);
        out.put(new Element.Plain(plain.tag(), plain.vr(), MemoryBulkData.of(dates)));
      } else {
        out.put(element);
      }
    }
    return out;
  }

  private List<PatchedContent.Patch> patches(DicomFile file, PlacedValues places, DateShift back) {
    List<PatchedContent.Patch> patches = new ArrayList<>();
    collect(file.dataset(), places, back, patches);
    file.dataset()
        .find(Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED)
        .filter(Element.Plain.class::isInstance)
        .map(Element.Plain.class::cast)
        .flatMap(mark -> mark(mark, places, file.syntax()))
        .ifPresent(patches::add);
    return patches;
  }

  private void collect(
      Dataset dataset, PlacedValues places, DateShift back, List<PatchedContent.Patch> patches) {
    for (Element element : dataset.elements()) {
      if (element instanceof Element.Sequence sequence && isKept(sequence)) {
        sequence.items().forEach(item -> collect(item, places, back, patches));
      } else if (element instanceof Element.Plain plain
          && isShifted(plain)
          && plain.value().lengthBytes() > 0) {
        byte[] dates = restored(plain, back);
        long offset = places.offset(plain.value()).orElseThrow(TrueDates::unreadable);
        patches.add(new PatchedContent.Patch(offset, dates.length, dates));
      }
    }
  }

  private boolean isKept(Element.Sequence sequence) {
    return rules.decide(sequence.tag(), Vr.SQ).method() == Method.KEEP;
  }

  private boolean isShifted(Element.Plain plain) {
    return (plain.vr() == Vr.DA || plain.vr() == Vr.DT)
        && rules.decide(plain.tag(), plain.vr()).method() == Method.SHIFT_DATE;
  }

  /** As many bytes as before: a date moved keeps its precision. */
  private static byte[] restored(Element.Plain plain, DateShift back) {
    if (!(plain.value() instanceof MemoryBulkData)) {
      throw TrueDates.unreadable();
    }
    byte[] before = Values.bytes(plain.value());
    Function<String, Optional<String>> move = plain.vr() == Vr.DA ? back::date : back::dateTime;
    List<String> values = new ArrayList<>();
    for (String value :
        new String(before, StandardCharsets.US_ASCII).replace('\0', ' ').split("\\\\", -1)) {
      values.add(move.apply(value.strip()).orElse(value.strip()));
    }
    byte[] moved = String.join("\\", values).getBytes(StandardCharsets.US_ASCII);
    if (moved.length > before.length) {
      throw TrueDates.unreadable();
    }
    byte[] padded = Arrays.copyOf(moved, before.length);
    Arrays.fill(padded, moved.length, before.length, (byte) ' ');
    return padded;
  }

  /**
   * The mark is longer than MODIFIED, so its length is written anew as well (PS3.5 section 7.1).
   */
  private static Optional<PatchedContent.Patch> mark(
      Element.Plain mark, PlacedValues places, TransferSyntax syntax) {
    if (places.offset(mark.value()).isEmpty()) {
      return Optional.empty();
    }
    int lengthBytes = syntax.explicitVr() ? Short.BYTES : Integer.BYTES;
    byte[] value = UNMODIFIED.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(lengthBytes + value.length)
            .order(syntax.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (syntax.explicitVr()) {
      bytes.putShort((short) value.length);
    } else {
      bytes.putInt(value.length);
    }
    bytes.put(value);
    return Optional.of(
        new PatchedContent.Patch(
            places.offset(mark.value()).getAsLong() - lengthBytes,
            lengthBytes + (int) mark.value().lengthBytes(),
            bytes.array()));
  }
}
