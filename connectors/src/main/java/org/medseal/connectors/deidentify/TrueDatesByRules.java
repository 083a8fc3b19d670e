package org.medseal.connectors.deidentify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.medseal.connectors.deidentify.dicom.DicomTrueDates;
import org.medseal.connectors.deidentify.fhir.FhirTrueDates;
import org.medseal.connectors.deidentify.hl7.Hl7TrueDates;
import org.medseal.connectors.deidentify.rules.RuleSet;

/**
 * The rule sets whose date shifts this node can undo: its own, and those of other institutions and
 * of earlier days that lie in {@code deid/known/}.
 */
public final class TrueDatesByRules {
  private static final String KNOWN = "known";

  private final Map<String, TrueDates> byRules;

  private TrueDatesByRules(Map<String, TrueDates> byRules) {
    this.byRules = Map.copyOf(byRules);
  }

  /** {@code configDir} holds deid/*.yaml and perhaps deid/known/*.yaml; a mistake stops here. */
  public static TrueDatesByRules load(Path configDir) {
    Map<String, TrueDates> byRules = new HashMap<>();
    Path deid = configDir.resolve("deid");
    for (Path folder : List.of(deid, deid.resolve(KNOWN))) {
      for (Path file : yaml(folder)) {
        TrueDates known = load(file, RuleSet.load(file, path -> true).format());
        byRules.put(known.ruleSetId(), known);
      }
    }
    return new TrueDatesByRules(byRules);
  }

  private static TrueDates load(Path file, String format) {
    return switch (format) {
      case "hl7v2" -> Hl7TrueDates.load(file);
      case "fhir" -> FhirTrueDates.load(file);
      default -> DicomTrueDates.load(file);
    };
  }

  private static List<Path> yaml(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the rules cannot be listed", e);
    }
  }

  /** Empty for a rule set that is not among them. */
  public Optional<TrueDates> of(String ruleSetId) {
    return Optional.ofNullable(byRules.get(ruleSetId));
  }
}
