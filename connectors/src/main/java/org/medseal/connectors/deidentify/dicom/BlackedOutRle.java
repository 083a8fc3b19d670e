package org.medseal.connectors.deidentify.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.dicom.BulkData;
import org.medseal.connectors.dicom.Values;

/** A frame of RLE Lossless, zero in some regions; packed anew whenever it is read. */
final class BlackedOutRle implements BulkData {
  private final BulkData source;
  private final PixelLayout layout;
  private final List<Region> regions;
  private final long lengthBytes;

  private BlackedOutRle(
      BulkData source, PixelLayout layout, List<Region> regions, long lengthBytes) {
    this.source = source;
    this.layout = layout;
    this.regions = regions;
    this.lengthBytes = lengthBytes;
  }

  /** Empty where the bytes are no frame of that layout. */
  static Optional<BulkData> of(BulkData source, PixelLayout layout, List<Region> regions) {
    return blackened(source, layout, regions)
        .map(frame -> new BlackedOutRle(source, layout, regions, frame.length));
  }

  private static Optional<byte[]> blackened(
      BulkData source, PixelLayout layout, List<Region> regions) {
    return RleFrame.unpack(Values.bytes(source), layout)
        .map(
            planes -> {
              var runs = layout.plane().runs(regions);
              for (byte[] plane : planes) {
                runs.forEach(
                    (start, end) -> Arrays.fill(plane, start.intValue(), end.intValue(), (byte) 0));
              }
              return RleFrame.pack(planes, layout.columns());
            });
  }

  @Override
  public long lengthBytes() {
    return lengthBytes;
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return new ByteArrayInputStream(blackened(source, layout, regions).orElseThrow());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
