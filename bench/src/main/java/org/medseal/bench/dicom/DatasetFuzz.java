package org.medseal.bench.dicom;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomCodec;
import org.medseal.connectors.dicom.DicomException;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.DicomLimits;
import org.medseal.connectors.dicom.DicomWriter;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Values;

/**
 * Reads damaged data sets by the million: every one must come to a file or a DicomException, and
 * cost no more memory than the limits allow. What was read is decoded, written and read to its end.
 * Arguments: how many, seed, folders of files to damage. Ends with 1 and the seed's number at the
 * first that does neither.
 */
public final class DatasetFuzz {
  private static final int LONGEST_SEED = 64 << 10;

  /** Small, so that what goes past them shows. */
  private static final DicomLimits LIMITS = new DicomLimits(1 << 20, 2 << 20, 5_000, 64, 1_000);

  /** Twice what may be read, for buffers, and 2 KiB for every element and item. */
  private static final long MOST_ALLOCATED = 2 * (2L << 20) + 5_000 * (2L << 10);

  private static final List<TransferSyntax> PLAIN =
      List.of(
          TransferSyntax.EXPLICIT_LITTLE,
          TransferSyntax.DEFLATED,
          TransferSyntax.EXPLICIT_BIG,
          TransferSyntax.of("1.2.840.113619.5.2"));

  private final DicomCodec codec = DicomCodec.within(LIMITS);
  private final Map<DicomException.Reason, Integer> refused =
      new EnumMap<>(DicomException.Reason.class);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private int read;
  private long mostAllocated;

  private DatasetFuzz() {}

  public static void main(String[] arguments) throws IOException {
    int times = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    List<byte[]> files = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      files.addAll(files(Path.of(arguments[i])));
    }
    DatasetFuzz fuzz = new DatasetFuzz();
    List<byte[]> seeds = fuzz.inEverySyntax(files);
    long start = System.nanoTime();
    for (int number = 0; number < times; number++) {
      if (!fuzz.holds(seeds, seed + number)) {
        System.exit(1);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%,d damaged data sets from %d files (seeds %d to %d) in %.0f s: %,d read, refused %s;"
            + " at most %,d bytes allocated for one, %,d allowed%n",
        times,
        seeds.size(),
        seed,
        seed + times - 1,
        (System.nanoTime() - start) / 1e9,
        fuzz.read,
        fuzz.refused,
        fuzz.mostAllocated,
        MOST_ALLOCATED);
  }

  private static List<byte[]> files(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(folder)) {
      paths = all.filter(path -> path.toString().endsWith(".dcm")).sorted().toList();
    }
    List<byte[]> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.size(path) <= LONGEST_SEED) {
        files.add(Files.readAllBytes(path));
      }
    }
    return files;
  }

  /** Nothing if it is broken by itself: a seed as good as any. */
  private Optional<DicomFile> read(byte[] file) throws IOException {
    try {
      return Optional.of(codec.read(Content.of(file)));
    } catch (DicomException e) {
      return Optional.empty();
    }
  }

  /** As they are, and again in every syntax that needs no decoding of pixels. */
  private List<byte[]> inEverySyntax(List<byte[]> files) throws IOException {
    List<byte[]> seeds = new ArrayList<>(files);
    for (byte[] file : files) {
      Optional<DicomFile> plain = read(file).filter(one -> !one.syntax().encapsulated());
      if (plain.isPresent()) {
        for (TransferSyntax syntax : PLAIN) {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          DicomWriter.write(syntax, plain.get().dataset(), out);
          seeds.add(out.toByteArray());
        }
      }
    }
    return seeds;
  }

  private boolean holds(List<byte[]> seeds, long number) {
    Random random = new Random(number);
    byte[] bytes = Damage.of(seeds, random);
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      DicomFile file = codec.read(Content.of(bytes));
      read++;
      allocated(number, before);
      use(file);
      return mostAllocated <= MOST_ALLOCATED;
    } catch (DicomException e) {
      refused.merge(e.reason(), 1, Integer::sum);
      allocated(number, before);
      return mostAllocated <= MOST_ALLOCATED;
    } catch (IOException | RuntimeException | Error e) { // what this program looks for
      System.out.println("seed " + number + ": " + e);
      return false;
    }
  }

  private void allocated(long number, long before) {
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    mostAllocated = Math.max(mostAllocated, bytes);
    if (bytes > MOST_ALLOCATED) {
      System.out.println("seed " + number + ": " + bytes + " bytes allocated");
    }
  }

  /** DicomException where a readable data set cannot be written. */
  private void use(DicomFile file) throws IOException {
    decode(file.dataset());
    Content written = codec.write(file.syntax(), file.dataset());
    try (InputStream in = written.open()) {
      long length = in.transferTo(OutputStream.nullOutputStream());
      if (length != written.sizeBytes()) {
        throw new IllegalStateException("written otherwise than announced");
      }
    }
  }

  private static void decode(Dataset dataset) {
    SpecificCharacterSet characters =
        SpecificCharacterSet.in(dataset, SpecificCharacterSet.DEFAULT)
            .orElse(SpecificCharacterSet.DEFAULT);
    for (Element element : dataset.elements()) {
      Values.text(element, characters);
      Values.firstWord(element);
      if (element instanceof Element.Sequence sequence) {
        sequence.items().forEach(DatasetFuzz::decode);
      }
    }
  }
}
