package org.medseal.connectors.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Generated data sets: nested sequences, private groups, values of any bytes and of odd lengths.
 * Each begins in group 0008, as all do.
 */
final class AnyDataset {
  private static final int DEPTH = 3;
  private static final int LONGEST_VALUE = 40;
  private static final int MOST_ELEMENTS = 6;
  private static final int MOST_ITEMS = 3;
  private static final List<Vr> PLAIN =
      Arrays.stream(Vr.values()).filter(vr -> vr != Vr.SQ && vr != Vr.UN).toList();
  private static final List<Integer> PUBLIC = publicTags();

  private AnyDataset() {}

  /** Any VR under any tag, UN where the dictionary knows none. */
  static Arbitrary<Dataset> ofAnyVr() {
    return top(datasets(plainOfAnyVr(), tags(), DEPTH));
  }

  /** Every element under the VR that the dictionary gives it, as implicit VR reads it. */
  static Arbitrary<Dataset> byDictionary() {
    Arbitrary<Integer> sequences =
        Arbitraries.oneOf(
            Arbitraries.of(PUBLIC.stream().filter(tag -> vrOf(tag) == Vr.SQ).toList()),
            privateTags());
    return top(datasets(plainByDictionary(), sequences, DEPTH));
  }

  /** With values and fragments filled up to even lengths, as they are written. */
  static Dataset even(Dataset dataset) {
    Dataset even = new Dataset();
    for (Element element : dataset.elements()) {
      if (element instanceof Element.Plain plain) {
        even.put(
            new Element.Plain(plain.tag(), plain.vr(), even(plain.value(), plain.vr().padding())));
      } else if (element instanceof Element.Sequence sequence) {
        even.put(
            new Element.Sequence(
                sequence.tag(), sequence.items().stream().map(AnyDataset::even).toList()));
      } else if (element instanceof Element.Encapsulated encapsulated) {
        List<BulkData> fragments = new ArrayList<>();
        encapsulated.fragments().forEach(one -> fragments.add(even(one, (byte) 0)));
        even.put(new Element.Encapsulated(encapsulated.tag(), encapsulated.vr(), fragments));
      }
    }
    return even;
  }

  private static BulkData even(BulkData value, byte padding) {
    byte[] bytes = Values.bytes(value);
    byte[] even = Arrays.copyOf(bytes, bytes.length + (bytes.length & 1));
    Arrays.fill(even, bytes.length, even.length, padding);
    return MemoryBulkData.of(even);
  }

  static Arbitrary<byte[]> values() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(LONGEST_VALUE);
  }

  private static Arbitrary<Dataset> top(Arbitrary<Dataset> datasets) {
    return datasets.map(
        dataset -> dataset.put(Part10.text(Tag.SOP_CLASS_UID, Vr.UI, "1.2.840.10008.5.1.4.1.1.2")));
  }

  private static Arbitrary<Dataset> datasets(
      Arbitrary<Element> plain, Arbitrary<Integer> sequenceTags, int depth) {
    Arbitrary<Element> elements = plain;
    if (depth > 0) {
      Arbitrary<Element> sequences =
          Combinators.combine(
                  sequenceTags,
                  datasets(plain, sequenceTags, depth - 1).list().ofMaxSize(MOST_ITEMS))
              .as(Element.Sequence::new);
      elements = Arbitraries.frequencyOf(Tuple.of(4, plain), Tuple.of(1, sequences));
    }
    return elements.list().ofMaxSize(MOST_ELEMENTS).map(AnyDataset::dataset);
  }

  private static Dataset dataset(List<Element> elements) {
    Dataset dataset = new Dataset();
    elements.forEach(dataset::put);
    return dataset;
  }

  private static Arbitrary<Element> plainOfAnyVr() {
    Arbitrary<Element> known =
        Combinators.combine(tags(), Arbitraries.of(PLAIN), values()).as(AnyDataset::plain);
    Arbitrary<Element> unknown =
        Combinators.combine(privateTags(), values()).as((tag, bytes) -> plain(tag, Vr.UN, bytes));
    return Arbitraries.frequencyOf(Tuple.of(9, known), Tuple.of(1, unknown));
  }

  private static Arbitrary<Element> plainByDictionary() {
    List<Integer> known = PUBLIC.stream().filter(tag -> vrOf(tag) != Vr.SQ).toList();
    return Combinators.combine(Arbitraries.oneOf(Arbitraries.of(known), privateTags()), values())
        .as((tag, bytes) -> plain(tag, vrOf(tag), bytes));
  }

  private static Element plain(int tag, Vr vr, byte[] bytes) {
    return new Element.Plain(tag, vr, MemoryBulkData.of(bytes));
  }

  static Vr vrOf(int tag) {
    return DataDictionary.standard().vrOf(tag, false);
  }

  private static Arbitrary<Integer> tags() {
    return Combinators.combine(
            Arbitraries.integers().between(0x0008, 0xFFFD),
            Arbitraries.integers().between(1, 0xFFFF))
        .as(Tag::of);
  }

  private static Arbitrary<Integer> privateTags() {
    return tags().map(tag -> tag | 0x00010000).filter(tag -> Tag.group(tag) < 0xFFFE);
  }

  /** Of PS3.6, without commands, file meta information and what makes other VRs of words. */
  private static List<Integer> publicTags() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                DataDictionary.class.getResourceAsStream("attributes.tsv"),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .skip(1)
          .map(line -> TagMask.parse(line.substring(0, line.indexOf('\t'))))
          .filter(TagMask::isExact)
          .map(TagMask::value)
          .filter(tag -> Tag.group(tag) >= 8 && Tag.group(tag) < 0xFFFE)
          .filter(tag -> !Tag.isGroupLength(tag) && tag != Tag.PIXEL_REPRESENTATION)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
