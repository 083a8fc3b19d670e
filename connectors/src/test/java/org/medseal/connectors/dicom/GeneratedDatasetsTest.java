package org.medseal.connectors.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.content.Content;

/** The codec there and back, over generated data sets in every kind of syntax. */
class GeneratedDatasetsTest {
  private static final List<TransferSyntax> EXPLICIT =
      List.of(
          TransferSyntax.EXPLICIT_LITTLE,
          TransferSyntax.EXPLICIT_BIG,
          TransferSyntax.DEFLATED,
          TransferSyntax.of("1.3.46.670589.33.1.4.1"));
  private static final List<TransferSyntax> IMPLICIT_AS_SENT =
      List.of(TransferSyntax.of("1.2.840.113619.5.2"), TransferSyntax.of("1.2.840.10008.1.20"));
  private static final TransferSyntax JPEG = TransferSyntax.of("1.2.840.10008.1.2.4.50");
  private static final int LONGEST = 17;
  private static final int MOST_FRAGMENTS = 8;

  @Provide
  Arbitrary<Dataset> ofAnyVr() {
    return AnyDataset.ofAnyVr();
  }

  @Provide
  Arbitrary<Dataset> byDictionary() {
    return AnyDataset.byDictionary();
  }

  @Provide
  Arbitrary<TransferSyntax> explicit() {
    return Arbitraries.of(EXPLICIT);
  }

  @Provide
  Arbitrary<TransferSyntax> implicitAsSent() {
    return Arbitraries.of(IMPLICIT_AS_SENT);
  }

  @Provide
  Arbitrary<TransferSyntax> everyLayout() {
    return Arbitraries.of(
        TransferSyntax.IMPLICIT_LITTLE,
        TransferSyntax.EXPLICIT_LITTLE,
        TransferSyntax.EXPLICIT_BIG,
        TransferSyntax.DEFLATED);
  }

  @Provide
  Arbitrary<List<byte[]>> fragments() {
    return AnyDataset.values().list().ofMaxSize(MOST_FRAGMENTS);
  }

  @Property(tries = 500)
  void whatIsWrittenExplicitlyIsReadEqual(
      @ForAll("ofAnyVr") Dataset dataset, @ForAll("explicit") TransferSyntax syntax)
      throws IOException {
    assertComesBack(dataset, syntax);
  }

  @Property(tries = 300)
  void whatIsWrittenImplicitlyIsReadByTheDictionary(
      @ForAll("byDictionary") Dataset dataset, @ForAll("implicitAsSent") TransferSyntax syntax)
      throws IOException {
    assertComesBack(dataset, syntax);
  }

  /** Equal, nothing forgiven; and what is read is written byte for byte, by both writers. */
  private static void assertComesBack(Dataset dataset, TransferSyntax syntax) throws IOException {
    byte[] written = Part10.write(syntax, dataset);
    DicomFile file = Part10.read(written);
    assertThat(file.dataset()).isEqualTo(AnyDataset.even(dataset));
    assertThat(file.syntax()).isEqualTo(syntax);
    assertThat(file.leniencies()).isEmpty();
    assertThat(Part10.write(file.syntax(), file.dataset())).isEqualTo(written);
    DicomFile streamed = DicomCodec.standard().read(Content.of(written));
    assertThat(DicomCodec.standard().write(syntax, streamed.dataset()).bytes()).isEqualTo(written);
    assertThat(DicomCodec.standard().write(syntax, dataset).bytes()).isEqualTo(written);
  }

  @Property(tries = 500)
  void howLengthsAreGivenMakesNoDifference(
      @ForAll("byDictionary") Dataset dataset,
      @ForAll("everyLayout") TransferSyntax syntax,
      @ForAll long choices)
      throws IOException {
    DicomFile file = Part10.read(asOthersWrite(syntax, dataset, new Random(choices)));
    assertThat(file.dataset()).isEqualTo(dataset);
    assertThat(file.syntax()).isEqualTo(syntax);
    assertThat(file.leniencies().keySet()).isSubsetOf(Set.of(Leniency.ODD_LENGTH));
    assertThat(Part10.write(syntax, file.dataset())).isEqualTo(Part10.write(syntax, dataset));
  }

  private static byte[] asOthersWrite(TransferSyntax syntax, Dataset dataset, Random choices)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeHead(syntax, dataset, out);
    byte[] bytes = OtherWriter.bytes(Layout.of(syntax), dataset, choices);
    if (!syntax.deflated()) {
      out.writeBytes(bytes);
      return out.toByteArray();
    }
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater)) {
      deflated.write(bytes);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  @Property(tries = 200)
  void fragmentsOfAnyLengthComeBackInTheirOrder(
      @ForAll("ofAnyVr") Dataset dataset, @ForAll("fragments") List<byte[]> fragments)
      throws IOException {
    List<BulkData> values = new ArrayList<>();
    fragments.forEach(bytes -> values.add(MemoryBulkData.of(bytes)));
    Dataset icon = new Dataset().put(new Element.Encapsulated(Tag.PIXEL_DATA, Vr.OB, values));
    dataset
        .put(Part10.sequence(Tag.ICON_IMAGE_SEQUENCE, icon))
        .put(new Element.Encapsulated(Tag.PIXEL_DATA, Vr.OB, values));
    assertComesBack(dataset, JPEG);
  }

  @Test
  void everyVrOfEveryLengthComesBackInEverySyntax() throws IOException {
    for (Vr vr : EnumSet.complementOf(EnumSet.of(Vr.SQ))) {
      for (int length = 0; length <= LONGEST; length++) {
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
          value[i] = (byte) (i + 1);
        }
        Dataset dataset =
            new Dataset()
                .put(Part10.text(Tag.SOP_CLASS_UID, Vr.UI, "1.2.3"))
                .put(Part10.bytes(0x00291001, vr, Arrays.copyOf(value, length)));
        for (TransferSyntax syntax : EXPLICIT) {
          assertComesBack(dataset, syntax);
        }
      }
    }
  }
}
