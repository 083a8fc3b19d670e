package org.medseal.connectors.deidentify.dicom;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Values;

/**
 * Where the bytes of a pixel stand (PS3.3 section C.7.6.3, PS3.5 section 8.1).
 *
 * @param sampleBytes bytes of one sample, 1, 2 or 4
 * @param planar true where a frame is one plane after the other, false where pixels follow pixels
 */
public record PixelLayout(
    int rows, int columns, int samples, int sampleBytes, boolean planar, int frames) {
  private static final int SAMPLES_PER_PIXEL = 0x00280002;
  private static final int PHOTOMETRIC_INTERPRETATION = 0x00280004;
  private static final int PLANAR_CONFIGURATION = 0x00280006;
  private static final int NUMBER_OF_FRAMES = 0x00280008;
  private static final int ROWS = 0x00280010;
  private static final int COLUMNS = 0x00280011;
  private static final int BITS_ALLOCATED = 0x00280100;

  /** Those that give every pixel the same number of bytes. */
  private static final Set<String> REGULAR =
      Set.of("MONOCHROME1", "MONOCHROME2", "RGB", "PALETTE COLOR", "YBR_FULL");

  private static final String FRAMES = "[1-9]\\d{0,6}";

  /** 64 million pixels: more than any detector has, and what a frame may cost in memory. */
  private static final long MOST_PIXELS = 1L << 26;

  /** Empty where pixels do not lie on whole bytes, are subsampled, or are not described. */
  public static Optional<PixelLayout> of(Dataset dataset) {
    int bits = word(dataset, BITS_ALLOCATED);
    int samples = word(dataset, SAMPLES_PER_PIXEL);
    int rows = word(dataset, ROWS);
    int columns = word(dataset, COLUMNS);
    String frames = Values.firstAscii(dataset, NUMBER_OF_FRAMES).orElse("1");
    boolean usable =
        (bits == 8 || bits == 16 || bits == 32)
            && (samples == 1 || samples == 3)
            && rows > 0
            && columns > 0
            && (long) rows * columns <= MOST_PIXELS
            && frames.matches(FRAMES)
            && REGULAR.contains(Values.firstAscii(dataset, PHOTOMETRIC_INTERPRETATION).orElse(""));
    return usable
        ? Optional.of(
            new PixelLayout(
                rows,
                columns,
                samples,
                bits / 8,
                word(dataset, PLANAR_CONFIGURATION) == 1,
                Integer.parseInt(frames)))
        : Optional.empty();
  }

  /** All pixels of a native image, in bytes, rounded up; empty where it is not described. */
  static OptionalLong describedBytes(Dataset dataset) {
    long bits = word(dataset, BITS_ALLOCATED);
    String photometric = Values.firstAscii(dataset, PHOTOMETRIC_INTERPRETATION).orElse("");
    long samples = photometric.endsWith("_422") ? 2 : Math.max(1, word(dataset, SAMPLES_PER_PIXEL));
    OptionalLong pixels = planePixels(dataset);
    boolean counted =
        !dataset.contains(NUMBER_OF_FRAMES)
            || Values.firstAscii(dataset, NUMBER_OF_FRAMES)
                .filter(frames -> frames.matches(FRAMES))
                .isPresent();
    if (!counted || bits < 1 || bits > 64 || samples > 4 || pixels.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of((pixels.getAsLong() * samples * bits * frames(dataset) + 7) / 8);
  }

  /** Rows by columns, where both are given. */
  static OptionalLong planePixels(Dataset dataset) {
    int rows = word(dataset, ROWS);
    int columns = word(dataset, COLUMNS);
    return rows > 0 && columns > 0 ? OptionalLong.of((long) rows * columns) : OptionalLong.empty();
  }

  /** One where nothing sensible is said. */
  static int frames(Dataset dataset) {
    return Values.firstAscii(dataset, NUMBER_OF_FRAMES)
        .filter(frames -> frames.matches(FRAMES))
        .map(Integer::parseInt)
        .orElse(1);
  }

  private static int word(Dataset dataset, int tag) {
    return dataset.find(tag).map(Values::firstWord).orElse(-1);
  }

  int pixels() {
    return rows * columns;
  }

  public long frameBytes() {
    return (long) pixels() * samples * sampleBytes;
  }

  /** One plane of one byte a pixel, as RLE stores them. */
  PixelLayout plane() {
    return new PixelLayout(rows, columns, 1, 1, true, 1);
  }

  /** Runs of bytes within a frame that the regions cover, from start to end, not overlapping. */
  TreeMap<Long, Long> runs(List<Region> regions) {
    TreeMap<Long, Long> runs = new TreeMap<>();
    int planes = planar ? samples : 1;
    long pixelBytes = (long) sampleBytes * (planar ? 1 : samples);
    for (Region region : regions) {
      int lastRow = Math.min(rows, region.y() + region.height());
      int lastColumn = Math.min(columns, region.x() + region.width());
      for (int plane = 0; plane < planes; plane++) {
        for (int row = region.y(); row < lastRow && region.x() < lastColumn; row++) {
          long line = ((long) plane * rows + row) * columns;
          add(runs, (line + region.x()) * pixelBytes, (line + lastColumn) * pixelBytes);
        }
      }
    }
    return runs;
  }

  private static void add(TreeMap<Long, Long> runs, long start, long end) {
    long from = start;
    long to = end;
    var before = runs.floorEntry(from);
    if (before != null && before.getValue() >= from) {
      from = before.getKey();
      to = Math.max(to, before.getValue());
    }
    var inside = runs.ceilingEntry(from);
    while (inside != null && inside.getKey() <= to) {
      to = Math.max(to, inside.getValue());
      runs.remove(inside.getKey());
      inside = runs.ceilingEntry(from);
    }
    runs.put(from, to);
  }
}
