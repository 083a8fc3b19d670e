package org.medseal.connectors.deidentify.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.deidentify.rules.Method;
import org.medseal.connectors.deidentify.rules.Rule;
import org.medseal.connectors.deidentify.rules.RuleFile;
import org.medseal.connectors.dicom.DataDictionary;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TagMask;
import org.medseal.connectors.dicom.Vr;

/**
 * What to do with an attribute: never keep private or unknown ones; then the file's rules for tags,
 * then table E.1-1, then the file's rules for value representations; what is left is dropped.
 */
final class DicomRules {
  /**
   * @param name under which the use is counted
   * @param vocabulary for ALLOW_VOCABULARY, else empty
   * @param dummy for ALLOW_VOCABULARY: what is not allowed becomes a dummy, else it is emptied
   * @param line in dicom.yaml; 0 for a decision of table E.1-1 or of our own
   */
  record Decision(Method method, String name, String vocabulary, boolean dummy, int line) {
    static Decision of(Method method, String name) {
      return new Decision(method, name, "", false, 0);
    }
  }

  private static final String EMPTY = "empty";
  private static final String DUMMY = "dummy";

  private record TagRule(TagMask mask, Decision decision) {}

  private final String id;
  private final DicomSettings settings;
  private final ConfidentialityProfile profile;
  private final List<TagRule> tagRules = new ArrayList<>();
  private final Map<Vr, Decision> byVr = new EnumMap<>(Vr.class);

  private DicomRules(String id, DicomSettings settings) {
    this.id = id;
    this.settings = settings;
    this.profile = ConfidentialityProfile.with(settings.options());
  }

  static DicomRules load(Path yaml) {
    RuleFile file = RuleFile.load(yaml, "dicom", path -> RulePath.parse(path).isPresent());
    DicomRules rules = new DicomRules(file.id(), DicomSettings.of(yaml, file.settings()));
    for (Rule rule : file.rules()) {
      rules.add(file, rule);
    }
    return rules;
  }

  private void add(RuleFile file, Rule rule) {
    String vocabulary = rule.option("vocabulary", "");
    boolean allows = rule.method() == Method.ALLOW_VOCABULARY;
    if (allows != settings.vocabularies().containsKey(vocabulary)) {
      throw file.wrong(rule, rule.path(), "needs a vocabulary of the settings, and only then");
    }
    String otherwise = rule.option("otherwise", EMPTY);
    boolean dummy = otherwise.equals(DUMMY);
    if ((dummy && !allows) || (!dummy && !otherwise.equals(EMPTY))) {
      throw file.wrong(rule, rule.path(), "otherwise: dummy or empty, beside a vocabulary");
    }
    Decision decision = new Decision(rule.method(), rule.name(), vocabulary, dummy, rule.line());
    RulePath path = RulePath.parse(rule.path()).orElseThrow();
    if (path instanceof RulePath.Tags tags) {
      tagRules.add(new TagRule(tags.mask(), decision));
    } else if (path instanceof RulePath.Representation representation) {
      byVr.putIfAbsent(representation.vr(), decision);
    }
  }

  String id() {
    return id;
  }

  DicomSettings settings() {
    return settings;
  }

  Decision decide(int tag, Vr vr) {
    if (Tag.isPrivate(tag)) {
      return Decision.of(Method.DROP, "private drop");
    }
    if (DataDictionary.standard().find(tag).isEmpty()) {
      return Decision.of(Method.DROP, "unknown drop");
    }
    for (TagRule rule : tagRules) {
      if (rule.mask().matches(tag)) {
        return rule.decision();
      }
    }
    Optional<Method> method = profile.method(tag, vr);
    if (method.isPresent()) {
      return Decision.of(
          method.get(), "E.1-1 " + Tag.toString(tag) + " " + method.get().spelling());
    }
    return byVr.getOrDefault(vr, Decision.of(Method.DROP, "VR:" + vr + " drop"));
  }
}
