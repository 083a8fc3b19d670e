package org.medseal.connectors.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
  private static final Set<String> TRUNCATED = Set.of("MR_truncated.dcm", "rtplan_truncated.dcm");

  /** Its first byte is a stray one, so that no header stands where one should. */
  private static final Set<String> NOT_DICOM = Set.of("no_meta.dcm");

  @Test
  void everyReadableCaseFileComesBackEqualWithItsPixelBytes() throws IOException {
    Set<String> truncated = new TreeSet<>();
    Set<String> notDicom = new TreeSet<>();
    int read = 0;
    for (Path path : CaseFiles.all()) {
      String name = path.getFileName().toString();
      try {
        DicomFile file = Part10.read(Files.readAllBytes(path));
        if (file.leniencies().containsKey(Leniency.ODD_LENGTH)) {
          file = Part10.read(Part10.write(file.syntax(), file.dataset())); // now padded
        }
        DicomFile again = Part10.read(Part10.write(file.syntax(), file.dataset()));
        assertThat(differences(file.dataset(), again.dataset())).as(name).isEmpty();
        assertThat(again.syntax()).as(name).isEqualTo(DicomWriter.syntaxFor(file.syntax()));
        assertThat(again.leniencies().keySet())
            .as(name)
            .isSubsetOf(Set.of(Leniency.UN_FOR_KNOWN_ATTRIBUTE));
        read++;
      } catch (DicomException e) {
        switch (e.reason()) {
          case TRUNCATED -> truncated.add(name);
          case NOT_DICOM -> notDicom.add(name);
          default -> throw new AssertionError(name, e);
        }
      }
    }
    assertThat(truncated).isEqualTo(TRUNCATED);
    assertThat(notDicom).isEqualTo(NOT_DICOM);
    assertThat(read).isEqualTo(47);
  }

  private static List<Element> differences(Dataset one, Dataset other) {
    List<Element> differing = new ArrayList<>(one.elements());
    differing.removeAll(other.elements());
    List<Element> more = new ArrayList<>(other.elements());
    more.removeAll(one.elements());
    differing.addAll(more);
    return differing;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.10008.1.2",
        "1.2.840.10008.1.2.1",
        "1.2.840.10008.1.2.1.99",
        "1.2.840.10008.1.2.2"
      })
  void anUncompressedSyntaxHoldsTheSameDataset(String uid) {
    Dataset dataset = Part10.smallCt();
    DicomFile file = Part10.read(Part10.write(TransferSyntax.of(uid), dataset));
    assertThat(file.dataset()).isEqualTo(dataset);
    assertThat(file.leniencies()).isEmpty();
  }

  @Test
  void bigEndianWordsAreTurnedRoundOnTheWire() {
    Dataset dataset = new Dataset().put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, (byte) 1, (byte) 2));
    byte[] written = Part10.write(TransferSyntax.EXPLICIT_BIG, dataset);
    assertThat(written).endsWith(2, 1);
  }

  @Test
  void fragmentsPassByteForByte() {
    Dataset item =
        new Dataset()
            .put(
                new Element.Encapsulated(
                    Tag.PIXEL_DATA, Vr.OB, List.of(MemoryBulkData.of(new byte[] {9, 8}))));
    Dataset dataset =
        new Dataset()
            .put(Part10.sequence(0x00880200, item))
            .put(
                new Element.Encapsulated(
                    Tag.PIXEL_DATA,
                    Vr.OB,
                    List.of(
                        MemoryBulkData.of(new byte[0]),
                        MemoryBulkData.of(new byte[] {1, 2, 3, 4}))));
    TransferSyntax jpeg = TransferSyntax.of("1.2.840.10008.1.2.4.50");
    DicomFile file = Part10.read(Part10.write(jpeg, dataset));
    assertThat(file.dataset()).isEqualTo(dataset);
    assertThat(file.syntax()).isEqualTo(jpeg);
  }

  @Test
  void metaNamesThisImplementationAndNoApplicationEntity() {
    DicomFile file = Part10.read(Part10.write(TransferSyntax.EXPLICIT_LITTLE, Part10.smallCt()));
    assertThat(file.meta().contains(0x00020016)).isFalse();
    assertThat(Values.firstAscii(file.meta(), 0x00020012))
        .contains(DicomWriter.IMPLEMENTATION_CLASS_UID);
    assertThat(Values.firstAscii(file.meta(), Tag.MEDIA_STORAGE_SOP_INSTANCE_UID))
        .contains("1.2.3.4");
  }

  @Test
  void aValueTooLongForTheShortFormIsWrittenAsUnknownAndReadAsItWas() {
    Dataset dataset = new Dataset().put(Part10.bytes(0x00281201, Vr.US, new byte[70_000]));
    DicomFile file = Part10.read(Part10.write(TransferSyntax.EXPLICIT_LITTLE, dataset));
    assertThat(file.leniencies()).containsEntry(Leniency.UN_FOR_KNOWN_ATTRIBUTE, 1);
    assertThat(file.dataset().find(0x00281201).orElseThrow().vr()).isEqualTo(Vr.OW);
  }

  @Test
  void groupLengthsAreDropped() {
    Dataset dataset = Part10.smallCt().put(Part10.bytes(0x00080000, Vr.UL, new byte[4]));
    DicomFile file = Part10.read(Part10.write(TransferSyntax.EXPLICIT_LITTLE, dataset));
    assertThat(file.dataset()).isEqualTo(Part10.smallCt());
  }
}
