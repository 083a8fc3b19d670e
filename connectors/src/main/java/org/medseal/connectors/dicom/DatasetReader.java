package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads elements, items and fragments from one input under one set of limits. */
final class DatasetReader {
  private static final long NO_END = Long.MAX_VALUE;

  /** What tapes, terminals and editors fill up with. */
  private static final String FILLERS = "\0\n\r\u001A \u00FF";

  /**
   * What surrounds the elements being read.
   *
   * @param end offset at which they must be over
   * @param delimited true where an item delimiter ends them
   * @param signedPixels what (0028,0103) of an outer level says
   * @param sequence whose items these are; 0 at the top level
   */
  private record Scope(
      Layout layout, long end, boolean delimited, int depth, boolean signedPixels, int sequence) {
    static Scope top(Layout layout) {
      return new Scope(layout, NO_END, false, 0, false, 0);
    }

    /** What is common to the items of one sequence. */
    Scope items(Layout itemLayout, boolean signed, int tag) {
      return new Scope(itemLayout, end, delimited, depth + 1, signed, tag);
    }

    Scope item(long itemEnd, boolean itemDelimited) {
      return new Scope(layout, itemEnd, itemDelimited, depth, signedPixels, sequence);
    }
  }

  private final DicomInput in;
  private final DicomLimits limits;
  private final BulkDataStore store;
  private final LeniencyCount leniencies;
  private int elementsLeft;
  private boolean encapsulated;
  private boolean toPixels;
  private Optional<DicomHead.Pixels> pixels = Optional.empty();

  DatasetReader(DicomInput in, DicomLimits limits, BulkDataStore store, LeniencyCount leniencies) {
    this.in = in;
    this.limits = limits;
    this.store = store;
    this.leniencies = leniencies;
    this.elementsLeft = limits.elements();
  }

  /** Group 0002, which ends where another group begins (PS3.10 section 7.1). */
  Dataset readMeta() throws IOException {
    Dataset meta = new Dataset();
    Scope scope = Scope.top(Layout.EXPLICIT_LITTLE);
    for (byte[] next = in.peek(2); isGroupTwo(next); next = in.peek(2)) {
      readElement(meta, ElementHeader.readTag(in, scope.layout()), scope);
    }
    return meta;
  }

  static boolean isGroupTwo(byte[] next) {
    return next.length >= 2 && next[0] == 2 && next[1] == 0;
  }

  Dataset readToEnd(TransferSyntax syntax) throws IOException {
    encapsulated = syntax.encapsulated();
    return readElements(Scope.top(Layout.of(syntax)));
  }

  /** As {@link #readToEnd}, or to the first pixel data of the top level, if that comes earlier. */
  Dataset readToPixels(TransferSyntax syntax) throws IOException {
    toPixels = true;
    return readToEnd(syntax);
  }

  /** Where reading stopped before its end. */
  Optional<DicomHead.Pixels> pixels() {
    return pixels;
  }

  private Dataset readElements(Scope scope) throws IOException {
    Dataset dataset = new Dataset();
    while (in.position() < scope.end()) {
      if (isTopLevel(scope) && isFiller(in.peek(4))) {
        readFiller();
        return dataset;
      }
      int tag = ElementHeader.readTag(in, scope.layout());
      if (toPixels && isTopLevel(scope) && Tag.isPixels(tag)) {
        pixels = Optional.of(unread(tag, scope.layout(), signedPixels(dataset, scope)));
        return dataset;
      } else if (tag == Tag.ITEM_DELIMITER || tag == Tag.SEQUENCE_DELIMITER) {
        if (closes(tag, scope)) {
          return dataset;
        }
      } else {
        readElement(dataset, tag, scope);
      }
    }
    return dataset;
  }

  private DicomHead.Pixels unread(int tag, Layout layout, boolean signed) throws IOException {
    ElementHeader header = ElementHeader.read(in, tag, layout, signed, leniencies);
    if (header.isUndefined()) {
      return new DicomHead.Pixels(
          tag, header.vr(), DicomHead.ENCAPSULATED, InputStream.nullInputStream());
    }
    return new DicomHead.Pixels(tag, header.vr(), header.length(), value(header));
  }

  private static boolean isTopLevel(Scope scope) {
    return scope.end() == NO_END && !scope.delimited();
  }

  private boolean closes(int delimiter, Scope scope) throws IOException {
    readDelimiterLength(scope.layout());
    if (!scope.delimited()) {
      leniencies.add(Leniency.STRAY_DELIMITER);
      return false;
    }
    if (delimiter == Tag.SEQUENCE_DELIMITER) {
      throw malformed("a sequence ends inside an item");
    }
    return true;
  }

  private void readDelimiterLength(Layout layout) throws IOException {
    if (in.u32(layout.bigEndian()) != 0) {
      leniencies.add(Leniency.DELIMITER_WITH_LENGTH);
    }
  }

  /**
   * What no element begins with: one filler four times, or as often as fits before the end, or the
   * end itself. A single blank would also be the start of a tag that is cut.
   */
  private static boolean isFiller(byte[] next) {
    for (byte one : next) {
      boolean filler = FILLERS.indexOf(one & 0xFF) >= 0 && (one != ' ' || next.length == 4);
      if (!filler || (one != next[0] && !(one == '\n' && next.length == 2))) {
        return false;
      }
    }
    return true;
  }

  /** To the end of the bytes, which may have come already. */
  private void readFiller() throws IOException {
    InputStream rest = in.rest();
    boolean any = false;
    for (byte[] some = rest.readNBytes(4096); some.length > 0; some = rest.readNBytes(4096)) {
      any = true;
      for (byte one : some) {
        if (FILLERS.indexOf(one & 0xFF) < 0) {
          throw malformed("no element, but bytes follow");
        }
      }
    }
    if (any) {
      leniencies.add(Leniency.TRAILING_ZEROS);
    }
  }

  private void readElement(Dataset dataset, int tag, Scope scope) throws IOException {
    if (Tag.group(tag) == 0xFFFE) {
      throw malformed("an item outside a sequence");
    }
    countElement();
    boolean signed = signedPixels(dataset, scope);
    ElementHeader header = ElementHeader.read(in, tag, scope.layout(), signed, leniencies);
    if (!header.isUndefined()) {
      checkLength(header.length(), scope.end());
    }
    Element element = readValue(header, scope, signed);
    if (!Tag.isGroupLength(tag)) {
      countOrder(dataset, tag);
      dataset.put(element);
    }
  }

  private void countOrder(Dataset dataset, int tag) {
    if (dataset.contains(tag)) {
      leniencies.add(Leniency.DUPLICATE_TAG);
    } else if (dataset
        .lastTag()
        .filter(last -> Integer.compareUnsigned(last, tag) > 0)
        .isPresent()) {
      leniencies.add(Leniency.TAG_ORDER);
    }
  }

  private static boolean signedPixels(Dataset dataset, Scope scope) {
    return dataset
        .find(Tag.PIXEL_REPRESENTATION)
        .map(element -> Values.firstWord(element) == 1)
        .orElse(scope.signedPixels());
  }

  private Element readValue(ElementHeader header, Scope scope, boolean signed) throws IOException {
    if (header.isUndefined()) {
      return readUndefined(header, scope, signed);
    }
    if (header.vr() == Vr.SQ) {
      long end = in.position() + header.length();
      return new Element.Sequence(
          header.tag(), readItems(end, scope.items(header.layout(), signed, header.tag())));
    }
    return new Element.Plain(header.tag(), header.vr(), readBytes(header));
  }

  private Element readUndefined(ElementHeader header, Scope scope, boolean signed)
      throws IOException {
    boolean bytes = header.vr() == Vr.OB || header.vr() == Vr.OW;
    if (bytes && header.layout().explicitVr()) {
      if (!mayBeEncapsulated(header.tag(), scope)) {
        throw malformed("fragments where there can be none");
      }
      return new Element.Encapsulated(header.tag(), header.vr(), readFragments(header));
    }
    if (header.tag() == Tag.PIXEL_DATA) {
      throw malformed("encapsulated pixel data without an explicit VR");
    }
    if (header.vr() != Vr.SQ && header.vr() != Vr.UN) {
      leniencies.add(Leniency.SEQUENCE_UNDER_OTHER_VR);
    }
    return new Element.Sequence(
        header.tag(), readItems(NO_END, scope.items(header.layout(), signed, header.tag())));
  }

  /** Pixel data of the image and of its icon, in compressed syntaxes (PS3.5 section A.4). */
  private boolean mayBeEncapsulated(int tag, Scope scope) {
    return encapsulated
        && tag == Tag.PIXEL_DATA
        && (scope.depth() == 0 || scope.sequence() == Tag.ICON_IMAGE_SEQUENCE);
  }

  private List<Dataset> readItems(long end, Scope scope) throws IOException {
    Layout layout = scope.layout();
    if (scope.depth() > limits.depth()) {
      throw tooLarge("sequences nested deeper than " + limits.depth());
    }
    List<Dataset> items = new ArrayList<>();
    while (in.position() < end) {
      int tag = ElementHeader.readTag(in, layout);
      if (tag == Tag.SEQUENCE_DELIMITER || tag == Tag.ITEM_DELIMITER) {
        readDelimiterLength(layout);
        if (end == NO_END && tag == Tag.SEQUENCE_DELIMITER) {
          return items;
        }
        leniencies.add(Leniency.STRAY_DELIMITER);
        continue;
      }
      if (tag != Tag.ITEM) {
        throw malformed("something else than an item in a sequence");
      }
      countElement();
      items.add(readItem(end, scope));
    }
    return items;
  }

  private Dataset readItem(long end, Scope scope) throws IOException {
    long length = in.u32(scope.layout().bigEndian());
    if (length == ElementHeader.UNDEFINED) {
      return readElements(scope.item(end, true));
    }
    checkLength(length, end);
    return readElements(scope.item(in.position() + length, false));
  }

  private List<BulkData> readFragments(ElementHeader header) throws IOException {
    List<BulkData> fragments = new ArrayList<>();
    while (true) {
      int tag = ElementHeader.readTag(in, header.layout());
      if (tag == Tag.SEQUENCE_DELIMITER) {
        readDelimiterLength(header.layout());
        return fragments;
      }
      if (tag != Tag.ITEM) {
        throw malformed("something else than a fragment in encapsulated pixel data");
      }
      if (fragments.size() >= limits.fragments()) {
        throw tooLarge("more than " + limits.fragments() + " fragments");
      }
      long length = in.u32(header.layout().bigEndian());
      checkLength(length, NO_END);
      fragments.add(readBytes(new ElementHeader(header.tag(), Vr.OB, length, header.layout())));
    }
  }

  private BulkData readBytes(ElementHeader header) throws IOException {
    if ((header.length() & 1) == 1) {
      leniencies.add(Leniency.ODD_LENGTH);
    }
    int wordBytes = header.vr().wordBytes();
    boolean turned = header.layout().bigEndian() && wordBytes > 1;
    Optional<BulkData> referred =
        store.refer(in.position(), header.length(), turned ? wordBytes : 1);
    if (referred.isPresent()) {
      in.skip(header.length());
      return referred.get();
    }
    InputStream value = value(header);
    BulkData kept = store.keep(value, header.length());
    if (value.read() >= 0) {
      throw new IllegalStateException("the store left a part of a value unread");
    }
    return kept;
  }

  /** Little endian words, whatever the layout. */
  private InputStream value(ElementHeader header) {
    InputStream value = in.value(header.length());
    int wordBytes = header.vr().wordBytes();
    return header.layout().bigEndian() && wordBytes > 1
        ? new ByteSwappingInputStream(value, wordBytes, header.length())
        : value;
  }

  private void countElement() {
    elementsLeft--;
    if (elementsLeft < 0) {
      throw tooLarge("more than " + limits.elements() + " elements and items");
    }
  }

  private void checkLength(long length, long end) {
    if (length > end - in.position()) {
      throw malformed("an element or item is longer than what holds it");
    }
    if (length > limits.elementBytes()) {
      throw tooLarge("an element or item of more than " + limits.elementBytes() + " bytes");
    }
  }

  private DicomException malformed(String what) {
    return new DicomException(
        DicomException.Reason.MALFORMED, what + ", near offset " + in.position());
  }

  private DicomException tooLarge(String what) {
    return new DicomException(
        DicomException.Reason.TOO_LARGE, what + ", near offset " + in.position());
  }
}
