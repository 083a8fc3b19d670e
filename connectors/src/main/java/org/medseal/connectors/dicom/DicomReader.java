package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.medseal.connectors.content.Content;

/**
 * Reads Part 10 files, and bare data sets where a file has lost its preamble or meta information.
 * Safe on any bytes: it answers with a {@link DicomFile} or a {@link DicomException}.
 */
public final class DicomReader {
  private static final int PREAMBLE_BYTES = 128;

  private final DicomLimits limits;
  private final BulkDataStore store;
  private final boolean strict;

  public DicomReader(DicomLimits limits, BulkDataStore store) {
    this(limits, store, false);
  }

  private DicomReader(DicomLimits limits, BulkDataStore store, boolean strict) {
    this.limits = limits;
    this.store = store;
    this.strict = strict;
  }

  /** One that answers MALFORMED where this one would count a departure from the standard. */
  public DicomReader strict() {
    return new DicomReader(limits, store, true);
  }

  /** Reads to the end of the stream and leaves it open. An IOException is the stream's own. */
  public DicomFile read(InputStream stream) throws IOException {
    return read(new DicomInput(stream, limits.datasetBytes()), store, (start, kept) -> kept);
  }

  /**
   * Reads up to the pixels of the image, which stay in the stream; what stands behind them is not
   * looked at. A data set without pixels is read to its end.
   */
  public DicomHead readHead(InputStream stream) throws IOException {
    DicomInput in = new DicomInput(stream, limits.datasetBytes());
    LeniencyCount leniencies = new LeniencyCount(strict);
    readPreamble(in, leniencies);
    Dataset meta = new DatasetReader(in, limits, store, leniencies).readMeta();
    requireDataset(in);
    TransferSyntax syntax = syntax(meta, in, leniencies);
    if (syntax.deflated()) {
      skipWrapper(in, leniencies);
    }
    Inflater inflater = new Inflater(true);
    DicomInput inner =
        syntax.deflated()
            ? new DicomInput(new InflaterInputStream(in.rest(), inflater), limits.inflatedBytes())
            : in;
    DatasetReader reader = new DatasetReader(inner, limits, store, leniencies);
    boolean read = false;
    try {
      Dataset dataset = reader.readToPixels(syntax);
      read = true;
      DicomFile file = new DicomFile(meta, syntax, dataset, leniencies.counts());
      return new DicomHead(file, reader.pixels(), inflater);
    } finally {
      if (!read) {
        inflater.end();
      }
    }
  }

  private static void requireDataset(DicomInput in) throws IOException {
    if (in.atEnd()) {
      throw new DicomException(
          DicomException.Reason.TRUNCATED, "the bytes end before the data set");
    }
  }

  /**
   * As {@link #read(InputStream)}, but values too long for the heap are left in {@code source}, to
   * be read from there as long as the result is used.
   */
  DicomFile readReferring(Content source) throws IOException {
    try (InputStream stream = source.open()) {
      return read(
          new DicomInput(stream, limits.datasetBytes()),
          new ReferringStore(source::open),
          (start, kept) -> new ReferringStore(new InflatedSource(source, start)));
    }
  }

  /** Where values of a data set go that is deflated from {@code start} on. */
  @FunctionalInterface
  private interface Inflated {
    BulkDataStore store(long start, BulkDataStore plain);
  }

  private DicomFile read(DicomInput in, BulkDataStore store, Inflated inflated) throws IOException {
    LeniencyCount leniencies = new LeniencyCount(strict);
    readPreamble(in, leniencies);
    Dataset meta = new DatasetReader(in, limits, store, leniencies).readMeta();
    requireDataset(in);
    TransferSyntax syntax = syntax(meta, in, leniencies);
    if (syntax.deflated()) {
      skipWrapper(in, leniencies);
    }
    Dataset dataset =
        syntax.deflated()
            ? readDeflated(in, inflated.store(in.position(), store), leniencies)
            : new DatasetReader(in, limits, store, leniencies).readToEnd(syntax);
    return new DicomFile(meta, syntax, dataset, leniencies.counts());
  }

  private Dataset readDeflated(DicomInput in, BulkDataStore store, LeniencyCount leniencies)
      throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      InputStream inflated = new InflaterInputStream(in.rest(), inflater);
      DicomInput inner = new DicomInput(inflated, limits.inflatedBytes());
      return new DatasetReader(inner, limits, store, leniencies).readToEnd(TransferSyntax.DEFLATED);
    } finally {
      inflater.end();
    }
  }

  /** RFC 1950: two bytes before the bare stream; what stands behind it is not looked at. */
  private static void skipWrapper(DicomInput in, LeniencyCount leniencies) throws IOException {
    byte[] head = in.peek(2);
    boolean wrapped =
        head.length == 2
            && head[0] == 0x78
            && ((head[0] & 0xFF) << 8 | (head[1] & 0xFF)) % 31 == 0
            && (head[1] & 0x20) == 0;
    if (wrapped) {
      in.exactly(2);
      leniencies.add(Leniency.ZLIB_WRAPPED);
    }
  }

  private static void readPreamble(DicomInput in, LeniencyCount leniencies) throws IOException {
    byte[] start = in.peek(PREAMBLE_BYTES + 4);
    if (start.length == PREAMBLE_BYTES + 4
        && Arrays.equals(
            start, PREAMBLE_BYTES, start.length, new byte[] {'D', 'I', 'C', 'M'}, 0, 4)) {
      in.exactly(PREAMBLE_BYTES + 4);
      return;
    }
    if (!DatasetReader.isGroupTwo(start) && guess(start).isEmpty()) {
      throw new DicomException(
          DicomException.Reason.NOT_DICOM, "neither a Part 10 file nor a bare data set");
    }
    leniencies.add(Leniency.NO_PREAMBLE);
  }

  private static TransferSyntax syntax(Dataset meta, DicomInput in, LeniencyCount leniencies)
      throws IOException {
    Optional<String> declared = Values.firstAscii(meta, Tag.TRANSFER_SYNTAX_UID);
    byte[] next = in.peek(8);
    if (declared.isPresent()) {
      TransferSyntax syntax = TransferSyntax.of(declared.get());
      TransferSyntax seen = contradiction(syntax, next);
      if (!seen.equals(syntax)) {
        leniencies.add(Leniency.WRONG_TRANSFER_SYNTAX);
      }
      return seen;
    }
    leniencies.add(meta.isEmpty() ? Leniency.NO_META : Leniency.NO_TRANSFER_SYNTAX);
    return hasVr(next)
        ? next[0] == 0 && next[1] != 0
            ? TransferSyntax.EXPLICIT_BIG
            : TransferSyntax.EXPLICIT_LITTLE
        : TransferSyntax.IMPLICIT_LITTLE;
  }

  /** The uncompressed syntaxes are often mistaken for each other. */
  private static TransferSyntax contradiction(TransferSyntax declared, byte[] next) {
    if (declared.equals(TransferSyntax.IMPLICIT_LITTLE) && hasVr(next)) {
      return TransferSyntax.EXPLICIT_LITTLE;
    }
    Optional<TransferSyntax> guessed = guess(next);
    boolean mistaken =
        declared.deflated()
            || (!declared.encapsulated()
                && declared.explicitVr()
                && guessed.filter(seen -> seen.bigEndian() != declared.bigEndian()).isPresent());
    if (mistaken && guessed.filter(TransferSyntax::explicitVr).isPresent()) {
      return guessed.get();
    }
    boolean letters = next.length >= 6 && isLetter(next[4]) && isLetter(next[5]);
    return declared.equals(TransferSyntax.EXPLICIT_LITTLE) && !letters
        ? TransferSyntax.IMPLICIT_LITTLE
        : declared;
  }

  /** For bytes without a preamble: a data set that starts in group 0008, as all of them do. */
  private static Optional<TransferSyntax> guess(byte[] start) {
    if (start.length < 8) {
      return Optional.empty();
    }
    int little = Tag.of(start[1] << 8 | start[0], (start[3] & 0xFF) << 8 | (start[2] & 0xFF));
    int big = Tag.of(start[0] << 8 | start[1], (start[2] & 0xFF) << 8 | (start[3] & 0xFF));
    if (startsDataset(little)) {
      if (hasVr(start)) {
        return Optional.of(TransferSyntax.EXPLICIT_LITTLE);
      }
      boolean shortValue = start[7] == 0 && start[6] == 0;
      return shortValue ? Optional.of(TransferSyntax.IMPLICIT_LITTLE) : Optional.empty();
    }
    return startsDataset(big) && hasVr(start)
        ? Optional.of(TransferSyntax.EXPLICIT_BIG)
        : Optional.empty();
  }

  private static boolean startsDataset(int tag) {
    return Tag.group(tag) == 8
        && (Tag.isGroupLength(tag) || DataDictionary.standard().find(tag).isPresent());
  }

  private static boolean hasVr(byte[] header) {
    return header.length >= 6 && Vr.of(header[4], header[5]).isPresent();
  }

  private static boolean isLetter(byte one) {
    return one >= 'A' && one <= 'Z';
  }
}
