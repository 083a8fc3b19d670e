package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.DeidKeys;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Explanation;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.deidentify.RuleCounts;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomCodec;
import org.medseal.connectors.dicom.DicomException;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.crypto.pseudonym.Pseudonym;

/**
 * De-identifies DICOM files of any size by PS3.15 annex E: Basic Profile with the options of
 * dicom.yaml. Safe for many threads.
 */
public final class DicomDeidentifier implements Deidentifier {
  private static final String MEDIA_TYPE = "application/dicom";
  private static final String FILE = "file";
  private static final String DICOMDIR_CLASS = "1.2.840.10008.1.3.10";

  private final DicomRules rules;
  private final IdentifierAuthorities authorities;
  private final DeidKeys keys;
  private final DicomCodec codec;

  private DicomDeidentifier(
      DicomRules rules, IdentifierAuthorities authorities, DeidKeys keys, DicomCodec codec) {
    this.rules = rules;
    this.codec = codec;
    this.authorities = Objects.requireNonNull(authorities);
    this.keys = Objects.requireNonNull(keys);
  }

  /** Reads and checks dicom.yaml; DeidConfigException names file, line and key. */
  public static DicomDeidentifier load(
      Path rulesYaml, IdentifierAuthorities authorities, DeidKeys keys) {
    return new DicomDeidentifier(
        DicomRules.load(rulesYaml), authorities, keys, DicomCodec.standard());
  }

  @Override
  public boolean streams() {
    return true;
  }

  @Override
  public Outcome deidentify(byte[] raw, FeedPolicy policy, Explanation explanation) {
    return deidentify(Content.of(raw), policy, explanation);
  }

  /** Of any size; pixels are read from {@code content} again while the record is sealed. */
  @Override
  public Outcome deidentify(Content content, FeedPolicy policy, Explanation explanation) {
    try {
      return deidentify(codec.read(content), policy, explanation);
    } catch (DicomException e) {
      return new Outcome.Quarantined(reason(e), FILE);
    } catch (QuarantineException e) {
      return new Outcome.Quarantined(e.reason(), e.place());
    } catch (IOException e) { // of the disk below, not of the bytes
      throw new UncheckedIOException("an image cannot be read", e);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) { // the engine's edge: no input may end a feed
      return new Outcome.Quarantined(QuarantineReason.RULE_ERROR, FILE);
    }
  }

  private static QuarantineReason reason(DicomException e) {
    return switch (e.reason()) {
      case NOT_DICOM, MALFORMED -> QuarantineReason.UNPARSABLE;
      case TRUNCATED -> QuarantineReason.TRUNCATED;
      case TOO_LARGE -> QuarantineReason.TOO_LARGE;
      case UNSUPPORTED_TRANSFER_SYNTAX -> QuarantineReason.UNSUPPORTED_TRANSFER_SYNTAX;
    };
  }

  private Outcome deidentify(DicomFile file, FeedPolicy policy, Explanation explanation)
      throws IOException {
    Dataset source = file.dataset();
    if (isDirectory(file)) {
      return new Outcome.NotARecord("DICOMDIR");
    }
    if (isAboutNobody(source)) {
      return new Outcome.NotARecord("data set without a patient");
    }
    SpecificCharacterSet outer = CharacterSets.ofFeed(policy);
    List<PatientIdentifier> identifiers = PatientIdentifiers.of(source, outer, authorities, policy);
    requireInstance(source);
    PixelVerdict verdict = rules.settings().burnedIn().judge(file);
    if (verdict instanceof PixelVerdict.Suspect suspect) {
      throw new QuarantineException(QuarantineReason.BURNED_IN_PIXELS, Tag.toString(suspect.tag()));
    }
    return verdict instanceof PixelVerdict.Blackened blackened
        ? release(blackened.in(file), true, identifiers, outer, explanation)
        : release(file, false, identifiers, outer, explanation);
  }

  /** Type 1 in every object there is: without them nobody could store or refer to the result. */
  private static void requireInstance(Dataset source) {
    for (int tag : new int[] {Tag.SOP_CLASS_UID, Tag.SOP_INSTANCE_UID}) {
      if (Values.firstAscii(source, tag).isEmpty()) {
        throw new QuarantineException(QuarantineReason.UNPARSABLE, Tag.toString(tag));
      }
    }
  }

  private static boolean isDirectory(DicomFile file) {
    return file.dataset().contains(Tag.DIRECTORY_RECORD_SEQUENCE)
        || Values.firstAscii(file.meta(), Tag.MEDIA_STORAGE_SOP_CLASS_UID)
            .filter(DICOMDIR_CLASS::equals)
            .isPresent();
  }

  /** A protocol, a palette, a template; it may still name somebody, and then it is a record. */
  private boolean isAboutNobody(Dataset source) {
    return Values.firstAscii(source, Tag.SOP_CLASS_UID)
            .filter(rules.settings().classesWithoutPatient()::contains)
            .isPresent()
        && !source.contains(Tag.PATIENT_NAME)
        && !source.contains(Tag.PATIENT_ID)
        && !source.contains(Tag.OTHER_PATIENT_IDS_SEQUENCE);
  }

  private Outcome release(
      DicomFile file,
      boolean blackened,
      List<PatientIdentifier> identifiers,
      SpecificCharacterSet outer,
      Explanation explanation)
      throws IOException {
    Dataset source = file.dataset();
    SpecificCharacterSet characters = CharacterSets.in(source, outer, "");
    Pseudonym psn = pseudonym(identifiers.get(0));
    Person person = Person.of(psn, Values.first(source, Tag.PATIENT_ID, characters));
    ResidualScan scan = IdentityValues.scanFor(source, outer, rules.settings().identity());
    RuleCounts counts = new RuleCounts(explanation);
    ValueRewriter values = new ValueRewriter(rules, keys.local(), person, scan, counts);
    CodedConcept codes =
        new CodedConcept(rules.settings().codingSchemes(), keys.local(), person.pseudonym());
    Dataset released =
        new DatasetCleaner(rules, values, codes, counts, explanation).clean(source, outer, "");
    // Before our own marks go in: their words ("patient", "profile") are also people's names.
    Optional<String> hit = ReleasedText.hit(released, outer, scan, person.pseudonym());
    if (hit.isPresent()) {
      throw new QuarantineException(QuarantineReason.RESIDUAL_IDENTITY, hit.get());
    }
    if (!blackened) {
      new PixelBytes(scan, rules.settings().imageComments()).clean(released, file.syntax());
    }
    ReleaseMarks.write(released, person, rules, blackened);
    if (blackened) {
      counts.add("device rule blackout");
    }
    file.leniencies().forEach((leniency, times) -> counts.add("read " + leniency, times));
    return new Outcome.Released(
        List.of(record(codec.write(file.syntax(), released), identifiers, psn, counts)));
  }

  private DeidentifiedRecord record(
      Content content, List<PatientIdentifier> identifiers, Pseudonym psn, RuleCounts counts) {
    List<Pseudonym> taggable =
        identifiers.stream()
            .filter(authorities::national)
            .limit(DeidentifiedRecord.MAX_TAGGABLE)
            .map(this::pseudonym)
            .toList();
    return new DeidentifiedRecord(
        Format.DICOM, content, MEDIA_TYPE, taggable, psn, identifiers, counts.report(rules.id()));
  }

  private Pseudonym pseudonym(PatientIdentifier identifier) {
    return authorities.national(identifier)
        ? keys.consortium().pseudonym(identifier)
        : keys.local().pseudonym(identifier);
  }
}
