package org.medseal.bench.deid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.UnlistedAuthority;

/**
 * Prints how much identity the shipped rules leave and how much medicine they keep, per format: of
 * generated messages with planted identifiers, and of a folder of real ones. Exit 1 when an
 * identifier is left or less than 95 % of the codes and numbers are kept.
 */
public final class LeakAndUtility {
  private static final double WANTED_UTILITY = 0.95;
  private static final int DEFAULT_MESSAGES = 100_000;

  private final Deidentifiers deidentifiers;
  private final FeedPolicy policy = FeedPolicy.of("bench", UnlistedAuthority.LOCAL);

  LeakAndUtility(Path config) {
    this.deidentifiers = ShippedRules.load(config);
  }

  /**
   * Arguments: messages per format, first seed, folder with {@code hl7v2} and {@code fhir} below it
   * or {@code -}, one format; from the project's folder, whose {@code config} is used.
   */
  public static void main(String[] arguments) throws IOException {
    int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_MESSAGES;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    LeakAndUtility program = new LeakAndUtility(Path.of("config"));
    boolean held = true;
    List<Format> formats =
        arguments.length > 3
            ? List.of(Format.valueOf(arguments[3]))
            : List.of(Format.HL7V2, Format.FHIR, Format.DICOM);
    for (Format format : formats) {
      long start = System.nanoTime();
      held &= print(program.generated(format, seed, messages), format + " generated");
      System.out.printf("  %d s%n", (System.nanoTime() - start) / 1_000_000_000);
      if (arguments.length > 2 && !arguments[2].equals("-") && format != Format.DICOM) {
        Path folder = Path.of(arguments[2]).resolve(format.name().toLowerCase(Locale.ROOT));
        held &= print(program.cases(format, folder), format + " cases");
      }
    }
    System.exit(held ? 0 : 1);
  }

  Tally generated(Format format, long seed, int messages) {
    return new Generated(format, deidentifiers, policy).run(seed, messages);
  }

  Tally cases(Format format, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("no folder " + folder);
    }
    return new CaseFiles(format, deidentifiers, policy).run(folder);
  }

  private static boolean print(Tally tally, String title) {
    System.out.print(tally.report(title));
    return tally.left() == 0 && tally.utility() >= WANTED_UTILITY;
  }
}
