package org.medseal.connectors.deidentify.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.dicom.CaseFiles;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomFile;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.SpecificCharacterSet;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;
import org.medseal.connectors.dicom.Vr;

class CaseFilesDeidentifiedTest {
  /** Reasons that lie in the file: it is broken, nobody's, or its pixels may show identity. */
  private static final Set<QuarantineReason> OF_THE_FILE =
      Set.of(
          QuarantineReason.BURNED_IN_PIXELS,
          QuarantineReason.TRUNCATED,
          QuarantineReason.UNPARSABLE,
          QuarantineReason.NO_PATIENT_IDENTIFIER);

  @Test
  void nineOfTenWellFormedFilesWithoutBurnedInTextAreReleased() throws IOException {
    DicomDeidentifier engine = DicomDeidFixture.engine();
    Map<String, List<String>> byOutcome = new TreeMap<>();
    int wellFormed = 0;
    int released = 0;
    for (Path path : CaseFiles.all()) {
      Outcome outcome = engine.deidentify(Files.readAllBytes(path), DicomDeidFixture.LOCAL);
      String name = path.getFileName().toString();
      byOutcome.computeIfAbsent(kind(outcome), key -> new ArrayList<>()).add(name);
      boolean counts =
          outcome instanceof Outcome.Released
              || (outcome instanceof Outcome.Quarantined q && !OF_THE_FILE.contains(q.reason()));
      wellFormed += counts ? 1 : 0;
      released += outcome instanceof Outcome.Released ? 1 : 0;
    }
    byOutcome.forEach((kind, names) -> System.out.println(names.size() + " " + kind + " " + names));
    assertThat(released * 10).isGreaterThanOrEqualTo(wellFormed * 9);
    assertThat(released).isGreaterThanOrEqualTo(20);
  }

  private static String kind(Outcome outcome) {
    if (outcome instanceof Outcome.Quarantined quarantined) {
      return quarantined.reason() + " at " + quarantined.place();
    }
    return outcome instanceof Outcome.NotARecord other ? other.kind() : "RELEASED";
  }

  @Test
  void noIdentityOfTheManifestIsFoundInAnyReleasedFile() throws IOException {
    DicomDeidentifier engine = DicomDeidFixture.engine();
    int searched = 0;
    for (String line : manifest()) {
      String[] cells = line.split("\t", -1);
      byte[] raw = Files.readAllBytes(CaseFiles.folder().resolve(cells[0]));
      Outcome outcome = engine.deidentify(raw, DicomDeidFixture.LOCAL);
      if (!(outcome instanceof Outcome.Released releasedOutcome)) {
        continue;
      }
      List<String> texts = texts(releasedOutcome.records().get(0).content());
      for (int column = 6; column <= 10; column++) {
        for (String word : cells[column].split("[\\^= ]+", -1)) {
          if (word.length() >= 4) {
            searched++;
            assertThat(texts).as(cells[0]).noneMatch(text -> text.contains(word));
          }
        }
      }
    }
    assertThat(searched).isGreaterThan(50);
  }

  private static List<String> manifest() throws IOException {
    List<String> lines = Files.readAllLines(CaseFiles.folder().resolve("MANIFEST.tsv"));
    return lines.subList(1, lines.size());
  }

  /** All text outside UIDs and decimals, and the raw bytes outside pixels in three readings. */
  private static List<String> texts(byte[] content) {
    DicomFile file = Part10.read(content);
    List<String> texts = new ArrayList<>();
    collect(file.dataset(), SpecificCharacterSet.DEFAULT, texts);
    return texts;
  }

  private static void collect(Dataset dataset, SpecificCharacterSet outer, List<String> texts) {
    SpecificCharacterSet characters = SpecificCharacterSet.in(dataset, outer).orElseThrow();
    for (Element element : dataset.elements()) {
      assertThat(Tag.isPrivate(element.tag())).isFalse();
      if (element instanceof Element.Sequence sequence) {
        if (sequence.tag() != Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE) { // our own words
          sequence.items().forEach(item -> collect(item, characters, texts));
        }
      } else if (element instanceof Element.Plain plain
          && plain.tag() != Tag.PIXEL_DATA
          && plain.vr() != Vr.UI
          && plain.vr() != Vr.DS
          && plain.tag() != Tag.DEIDENTIFICATION_METHOD
          && plain.value().lengthBytes() < 100_000) {
        texts.addAll(Values.text(plain, characters));
        byte[] bytes = Values.bytes(plain.value());
        texts.add(new String(bytes, StandardCharsets.ISO_8859_1));
        texts.add(new String(bytes, StandardCharsets.UTF_8));
        texts.add(new String(bytes, Charset.forName("GB18030")));
      }
    }
  }

  @Test
  void noSourceUidOutsideTheStandardSurvivesAnywhereInTheFile() throws IOException {
    DicomDeidentifier engine = DicomDeidFixture.engine();
    int checked = 0;
    for (Path path : CaseFiles.all()) {
      byte[] raw = Files.readAllBytes(path);
      if (!(engine.deidentify(raw, DicomDeidFixture.LOCAL) instanceof Outcome.Released outcome)) {
        continue;
      }
      byte[] content = outcome.records().get(0).content();
      DicomFile source = Part10.read(raw);
      Set<String> uids = new HashSet<>();
      uids(source.meta(), uids);
      uids(source.dataset(), uids);
      Set<String> kept = new HashSet<>();
      DicomFile released = Part10.read(content);
      uids(released.meta(), kept);
      uids(released.dataset(), kept);
      kept.retainAll(uids);
      assertThat(kept).as(path.toString()).allMatch(uid -> uid.startsWith("1.2.840.10008."));
      checked += uids.size();
    }
    assertThat(checked).isGreaterThan(100);
  }

  private static void uids(Dataset dataset, Set<String> uids) {
    for (Element element : dataset.elements()) {
      if (element instanceof Element.Sequence sequence) {
        sequence.items().forEach(item -> uids(item, uids));
      } else if (element.vr() == Vr.UI) {
        uids.addAll(Values.text(element, SpecificCharacterSet.DEFAULT));
      }
    }
    uids.remove("");
  }

  @Test
  void pixelsPassByteForByteAndNumbersAreKept() throws IOException {
    DicomDeidentifier engine = DicomDeidFixture.engine();
    Map<String, Integer> kept = new HashMap<>();
    for (Path path : CaseFiles.all()) {
      byte[] raw = Files.readAllBytes(path);
      if (!(engine.deidentify(raw, DicomDeidFixture.LOCAL) instanceof Outcome.Released outcome)) {
        continue;
      }
      DeidentifiedRecord record = outcome.records().get(0);
      Dataset source = Part10.read(raw).dataset();
      Dataset released = Part10.read(record.content()).dataset();
      for (int tag : new int[] {Tag.PIXEL_DATA, 0x00280010, 0x00280030, 0x00281050, 0x00180060}) {
        assertThat(released.find(tag)).as(path + Tag.toString(tag)).isEqualTo(source.find(tag));
        source.find(tag).ifPresent(e -> kept.merge(Tag.toString(e.tag()), 1, Integer::sum));
      }
    }
    assertThat(kept.get("(7FE0,0010)")).isGreaterThan(10);
  }
}
