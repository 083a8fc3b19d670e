package org.medseal.connectors.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.medseal.connectors.content.Content;

/** {@link DicomReader} and {@link DicomWriter} with bounded heap, whatever the size of an image. */
final class StreamedCodec implements DicomCodec {
  /** A larger deflated data set is written plainly: its deflated size would not be known before. */
  private static final long MOST_DEFLATED_ON_HEAP = 64L << 20;

  private final DicomReader reader;

  StreamedCodec(DicomLimits limits) {
    this.reader = new DicomReader(limits, BulkDataStore.inMemory());
  }

  @Override
  public DicomFile read(Content source) throws IOException {
    return reader.readReferring(source);
  }

  @Override
  public Content write(TransferSyntax source, Dataset dataset) throws IOException {
    TransferSyntax syntax = DicomWriter.syntaxFor(source);
    if (!syntax.deflated()) {
      return piecewise(syntax, dataset);
    }
    Content plain = piecewise(TransferSyntax.EXPLICIT_LITTLE, dataset);
    if (plain.sizeBytes() > MOST_DEFLATED_ON_HEAP) {
      return plain;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.write(syntax, dataset, out);
    return Content.of(out.toByteArray());
  }

  private static Content piecewise(TransferSyntax syntax, Dataset dataset) throws IOException {
    PiecewiseContent.Builder builder = new PiecewiseContent.Builder();
    DicomWriter.writeHead(syntax, dataset, builder.bytes);
    new DatasetWriter(builder.bytes, Layout.of(syntax), builder::value).write(dataset);
    return builder.build();
  }
}
