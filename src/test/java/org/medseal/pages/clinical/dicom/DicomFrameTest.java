package org.medseal.pages.clinical.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Vr;
import org.medseal.pages.clinical.dicom.DicomFrame.Wish;

class DicomFrameTest {
  private static final Wish WHOLE = new Wish(1, 0);

  @Test
  void withoutAWindowTheDarkestIsBlackAndTheBrightestWhite() throws IOException {
    assertThat(greys(SmallImage.of(1, 3, 16).pixels(100, 150, 200), WHOLE))
        .containsExactly(0, 128, 255);
  }

  @Test
  void theLowestValueOfMonochrome1IsWhite() throws IOException {
    SmallImage image = SmallImage.of(1, 2, 8).text(0x00280004, Vr.CS, "MONOCHROME1");
    assertThat(greys(image.pixels(10, 20), WHOLE)).containsExactly(255, 0);
  }

  @Test
  void signedValuesAreOrderedBySign() throws IOException {
    SmallImage image = SmallImage.of(1, 3, 16).word(Tag.PIXEL_REPRESENTATION, 1);
    assertThat(greys(image.pixels(-1000, 0, 1000), WHOLE)).containsExactly(0, 128, 255);
  }

  @Test
  void onlyTheStoredBitsCount() throws IOException {
    SmallImage image = SmallImage.of(1, 2, 16).word(0x00280101, 12).word(0x00280102, 11);
    assertThat(greys(image.pixels(0xF000, 0x0FFF), WHOLE)).containsExactly(0, 255);
    SmallImage high = SmallImage.of(1, 2, 16).word(0x00280101, 12).word(0x00280102, 15);
    assertThat(greys(high.pixels(0x000F, 0xFFF0), WHOLE)).containsExactly(0, 255);
  }

  @Test
  void theHeadersWindowIsOfRescaledValues() throws IOException {
    SmallImage ct =
        SmallImage.of(1, 4, 16)
            .text(0x00281052, Vr.DS, "-1024")
            .text(0x00281053, Vr.DS, "1")
            .text(0x00281050, Vr.DS, "40\\400")
            .text(0x00281051, Vr.DS, "401\\2001");
    ct.pixels(0, 1024 - 160, 1024 + 40, 1024 + 240);
    assertThat(greys(ct, new Wish(1, 1))).containsExactly(0, 0, 128, 255);
    assertThat(greys(ct, new Wish(1, 2))).containsExactly(0, 56, 82, 107);
    assertThat(ImageFacts.of(ct.head()).windows()).isEqualTo(2);
  }

  @Test
  void aFrameOfAnEnhancedImageHasItsOwnWindow() throws IOException {
    Dataset voi = new Dataset();
    voi.put(Element.ascii(0x00281050, Vr.DS, "50")).put(Element.ascii(0x00281051, Vr.DS, "101"));
    Dataset group = new Dataset().put(new Element.Sequence(0x00289132, List.of(voi)));
    SmallImage image =
        SmallImage.of(1, 2, 8)
            .text(0x00280008, Vr.IS, "2")
            .items(0x52009230, new Dataset(), group)
            .pixels(0, 200, 0, 100);
    assertThat(greys(image, new Wish(2, 1))).containsExactly(1, 255);
  }

  @Test
  void paddingDoesNotMakeTheRestGrey() throws IOException {
    SmallImage image =
        SmallImage.of(1, 3, 16)
            .word(Tag.PIXEL_REPRESENTATION, 1)
            .word(0x00280120, -2000)
            .pixels(-2000, 0, 10);
    assertThat(greys(image, WHOLE)).containsExactly(0, 0, 255);
  }

  @Test
  void coloursComeByPixelOrByPlane() throws IOException {
    int[] expected = {0xFF0000, 0x0000FF};
    assertThat(colours(SmallImage.colour(1, 2, false, "RGB").pixels(255, 0, 0, 0, 0, 255)))
        .containsExactly(expected);
    assertThat(colours(SmallImage.colour(1, 2, true, "RGB").pixels(255, 0, 0, 0, 0, 255)))
        .containsExactly(expected);
    assertThat(
            colours(SmallImage.colour(1, 2, false, "YBR_FULL").pixels(76, 85, 255, 29, 255, 107)))
        .containsExactly(0xFE0000, 0x0000FE);
  }

  @Test
  void theFrameIsChosenByNumber() throws IOException {
    SmallImage image = SmallImage.of(1, 2, 8).text(0x00280008, Vr.IS, "2").pixels(0, 9, 9, 0);
    assertThat(greys(image, new Wish(2, 0))).containsExactly(255, 0);
    assertThat(draw(image, new Wish(3, 0)).obstacle()).isEqualTo(Obstacle.NO_SUCH_FRAME);
    assertThat(draw(image, new Wish(0, 0)).obstacle()).isEqualTo(Obstacle.NO_SUCH_FRAME);
  }

  @Test
  void bigEndianAndDeflatedImagesLookTheSame() throws IOException {
    for (TransferSyntax syntax : List.of(TransferSyntax.EXPLICIT_BIG, TransferSyntax.DEFLATED)) {
      SmallImage image = SmallImage.of(1, 3, 16).syntax(syntax).pixels(1, 256, 511);
      assertThat(greys(image, WHOLE)).containsExactly(0, 128, 255);
    }
  }

  @Test
  void aLargeImageIsDrawnSmall() throws IOException {
    int[] stripes = new int[2 * 4097];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = i % 4097 < 2048 ? 0 : 200;
    }
    BufferedImage image = image(draw(SmallImage.of(2, 4097, 8).pixels(stripes), WHOLE));
    assertThat(image.getWidth()).isEqualTo(820);
    assertThat(image.getHeight()).isEqualTo(1);
    assertThat(image.getRaster().getSample(819, 0, 0)).isEqualTo(255);
    assertThat(image.getRaster().getSample(0, 0, 0)).isZero();
  }

  @Test
  void whatCannotBeDrawnSaysWhy() throws IOException {
    SmallImage compressed = SmallImage.of(1, 2, 8).syntax(TransferSyntax.of("1.2.840.10008.1.2.5"));
    compressed.dataset.put(
        new Element.Encapsulated(
            Tag.PIXEL_DATA,
            Vr.OB,
            List.of(MemoryBulkData.of(new byte[0]), MemoryBulkData.of(new byte[64]))));
    assertThat(draw(compressed, WHOLE).obstacle()).isEqualTo(Obstacle.COMPRESSED);
    assertThat(draw(SmallImage.of(1, 2, 8), WHOLE).obstacle()).isEqualTo(Obstacle.NO_PIXELS);
    assertThat(draw(SmallImage.of(9, 9, 8).pixels(1, 2), WHOLE).obstacle()).isEqualTo(Obstacle.CUT);
    SmallImage palette = SmallImage.of(1, 2, 8).text(0x00280004, Vr.CS, "PALETTE COLOR");
    assertThat(draw(palette.pixels(1, 2), WHOLE).obstacle()).isEqualTo(Obstacle.UNUSUAL);
  }

  @Test
  void aRecordThatBreaksOffIsCutNotAnError() throws IOException {
    byte[] file = SmallImage.of(64, 64, 8).pixels(new int[4096]).file();
    try (DicomHead head =
        DicomImage.head(new ByteArrayInputStream(file, 0, file.length - 100)).orElseThrow()) {
      assertThat(DicomFrame.draw(head, WHOLE).obstacle()).isEqualTo(Obstacle.CUT);
    }
  }

  @Test
  void theHeadOfAnImageLeavesItsPixelsUnread() throws IOException {
    byte[] file = SmallImage.of(512, 512, 8).pixels(new int[512 * 512]).file();
    CountedStream counted = new CountedStream(file);
    try (DicomHead head = DicomImage.head(counted).orElseThrow()) {
      assertThat(head.pixels().orElseThrow().lengthBytes()).isEqualTo(512 * 512);
    }
    assertThat(counted.read).isLessThan(70_000);
  }

  private static final class CountedStream extends InputStream {
    private final InputStream in;
    private int read;

    CountedStream(byte[] bytes) {
      this.in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
      read++;
      return in.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = in.read(to, offset, length);
      read += Math.max(0, count);
      return count;
    }
  }

  private static DicomFrame.Drawn draw(SmallImage image, Wish wish) throws IOException {
    try (DicomHead head = image.head()) {
      return DicomFrame.draw(head, wish);
    }
  }

  private static BufferedImage image(DicomFrame.Drawn drawn) throws IOException {
    assertThat(drawn.obstacle()).isEqualTo(Obstacle.NONE);
    return ImageIO.read(new ByteArrayInputStream(drawn.png().orElseThrow()));
  }

  private static int[] greys(SmallImage image, Wish wish) throws IOException {
    BufferedImage drawn = image(draw(image, wish));
    return drawn.getRaster().getSamples(0, 0, drawn.getWidth(), 1, 0, (int[]) null);
  }

  private static int[] colours(SmallImage image) throws IOException {
    BufferedImage drawn = image(draw(image, WHOLE));
    int[] colours = drawn.getRGB(0, 0, drawn.getWidth(), 1, null, 0, drawn.getWidth());
    for (int i = 0; i < colours.length; i++) {
      colours[i] &= 0xFFFFFF;
    }
    return colours;
  }
}
