package org.medseal.pages.clinical.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Vr;
import org.medseal.pages.clinical.dicom.DicomTable.Row;

class DicomTableTest {
  @Test
  void anElementHasTagVrKeywordAndValue() throws IOException {
    Row row = row(SmallImage.of(4, 5, 8).text(Tag.MODALITY, Vr.CS, "CT"), "(0008,0060)");
    assertThat(row.vr()).isEqualTo("CS");
    assertThat(row.keyword()).isEqualTo("Modality");
    assertThat(row.value().text().text()).isEqualTo("CT");
    assertThat(row(SmallImage.of(4, 5, 8), "(0028,0010)").value().text().text()).isEqualTo("4");
  }

  @Test
  void textFollowsTheCharacterSetItNames() throws IOException {
    SmallImage image =
        SmallImage.of(1, 1, 8)
            .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 192")
            .text(0x00081030, Vr.LO, "胸部");
    assertThat(row(image, "(0008,1030)").value().text().text()).isEqualTo("胸部");
  }

  @Test
  void itemsOfASequenceStandBelowIt() throws IOException {
    Dataset item = new Dataset().put(Element.ascii(Tag.CODE_VALUE, Vr.SH, "T-D3000"));
    DicomTable table = table(SmallImage.of(1, 1, 8).items(0x00082218, item, new Dataset()));
    int at = indexOf(table, "(0008,2218)");
    assertThat(table.rows().get(at).value().items()).isEqualTo(2);
    assertThat(table.rows().get(at + 1).item()).isEqualTo(1);
    assertThat(table.rows().get(at + 1).depth()).isEqualTo(1);
    assertThat(table.rows().get(at + 2).depth()).isEqualTo(2);
    assertThat(table.rows().get(at + 2).value().text().text()).isEqualTo("T-D3000");
    assertThat(table.rows().get(at + 3).item()).isEqualTo(2);
  }

  @Test
  void longValuesAreCutAndCounted() throws IOException {
    Row row = row(SmallImage.of(1, 1, 8).text(0x00204000, Vr.LT, "x".repeat(5_000)), "(0020,4000)");
    assertThat(row.value().text().text()).hasSize(600);
    assertThat(row.value().bytes()).isEqualTo(5_000);
  }

  @Test
  void bytesAreShownByTheirFirstFew() throws IOException {
    SmallImage image = SmallImage.of(1, 1, 8);
    image.dataset.put(new Element.Plain(0x00091010, Vr.OB, MemoryBulkData.of(new byte[100_000])));
    Row row = row(image, "(0009,1010)");
    assertThat(row.value().bytes()).isEqualTo(100_000);
    assertThat(row.value().text().text()).startsWith("00 00").endsWith("…");
    assertThat(row.keyword()).isEmpty();
  }

  @Test
  void pixelDataHasItsLengthAlone() throws IOException {
    Row row = row(SmallImage.of(8, 8, 8).pixels(new int[64]), "(7FE0,0010)");
    assertThat(row.value().bytes()).isEqualTo(64);
    assertThat(row.value().text().isEmpty()).isTrue();
  }

  @Test
  void aHeaderOfTooManyElementsIsShownInPart() throws IOException {
    SmallImage image = SmallImage.of(1, 1, 8);
    for (int i = 0; i < DicomTable.MOST_ROWS; i++) {
      image.text(0x00110000 + 0x1000 + i, Vr.LO, "v");
    }
    DicomTable table = table(image);
    assertThat(table.rows()).hasSize(DicomTable.MOST_ROWS);
    assertThat(table.whole()).isFalse();
  }

  @Test
  void whatIsNoDicomHasNoHead() throws IOException {
    byte[] text = "MSH|^~\\&|not an image".getBytes(StandardCharsets.UTF_8);
    assertThat(DicomImage.head(new ByteArrayInputStream(text))).isEmpty();
  }

  private static DicomTable table(SmallImage image) throws IOException {
    try (DicomHead head = image.head()) {
      return DicomTable.of(head);
    }
  }

  private static Row row(SmallImage image, String tag) throws IOException {
    DicomTable table = table(image);
    return table.rows().get(indexOf(table, tag));
  }

  private static int indexOf(DicomTable table, String tag) {
    for (int at = 0; at < table.rows().size(); at++) {
      if (table.rows().get(at).tag().equals(tag)) {
        return at;
      }
    }
    throw new AssertionError(tag + " is not in the table");
  }
}
