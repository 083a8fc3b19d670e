package org.medseal.pages.clinical.dicom;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.medseal.connectors.deidentify.dicom.PixelLayout;
import org.medseal.connectors.dicom.DicomException;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.pages.clinical.dicom.GreyScale.Window;

/**
 * A frame of an uncompressed image as a PNG of at most {@value Frame#MOST_PIXELS_A_SIDE} pixels a
 * side, in memory that does not depend on the size of the image. For looking, not for diagnosis.
 */
public final class DicomFrame {
  private static final int PHOTOMETRIC = 0x00280004;

  private DicomFrame() {}

  /**
   * Which frame and how.
   *
   * @param frame from 1
   * @param window which of the header's windows, from 1; 0 for the frame's whole range of values
   */
  public record Wish(int frame, int window) {}

  /**
   * A picture, or why there is none.
   *
   * @param png empty unless obstacle is NONE
   */
  public record Drawn(Optional<byte[]> png, Obstacle obstacle) {}

  /** Reads on in the head's stream to the end of that frame; an IOException is the stream's own. */
  public static Drawn draw(DicomHead head, Wish wish) throws IOException {
    FrameSource source = FrameSource.of(head);
    if (source.layout().isEmpty()) {
      return none(source.obstacle());
    }
    PixelLayout layout = source.layout().get();
    DicomHead.Pixels pixels = head.pixels().orElseThrow();
    if (wish.frame() < 1 || wish.frame() > layout.frames()) {
      return none(Obstacle.NO_SUCH_FRAME);
    }
    long start = layout.frameBytes() * (wish.frame() - 1);
    if (start + layout.frameBytes() > pixels.lengthBytes()) {
      return none(Obstacle.CUT);
    }
    if (start + layout.frameBytes() > DicomImage.MOST_READ_BYTES) {
      return none(Obstacle.TOO_FAR);
    }
    try {
      InputStream in = pixels.value();
      in.skipNBytes(start);
      Header header = new Header(head.file().dataset());
      Frame frame = Frame.read(in, layout, SampleBits.of(header, layout));
      return new Drawn(Optional.of(png(image(frame, header, wish))), Obstacle.NONE);
    } catch (DicomException broken) {
      boolean far = broken.reason() == DicomException.Reason.TOO_LARGE;
      return none(far ? Obstacle.TOO_FAR : Obstacle.CUT);
    }
  }

  private static BufferedImage image(Frame frame, Header header, Wish wish) {
    if (frame.samples() == 3) {
      return Colours.image(frame, header.text(PHOTOMETRIC).equals("YBR_FULL"));
    }
    GreyScale scale = GreyScale.of(header, wish.frame());
    List<Window> offered = scale.windows();
    boolean chosen = wish.window() >= 1 && wish.window() <= offered.size();
    Window window = chosen ? offered.get(wish.window() - 1) : whole(frame, scale, header);
    BufferedImage image =
        new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        int grey = scale.grey(frame.value(0, x, y), window);
        image.getRaster().setSample(x, y, 0, grey);
      }
    }
    return image;
  }

  private static Window whole(Frame frame, GreyScale scale, Header header) {
    Frame.Range range = frame.range(Padding.of(header));
    double one = scale.value(range.lowest());
    double other = scale.value(range.highest());
    return Window.over(Math.min(one, other), Math.max(one, other));
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream to = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(to);
      writer.write(image);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static Drawn none(Obstacle obstacle) {
    return new Drawn(Optional.empty(), obstacle);
  }
}
