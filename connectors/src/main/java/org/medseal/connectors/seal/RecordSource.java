package org.medseal.connectors.seal;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.RuleReport;
import org.medseal.crypto.pseudonym.Pseudonym;

/**
 * A de-identified document that need not be in memory: it is read once, from its first byte to its
 * last, while it is sealed.
 *
 * @param taggable the national identifiers' pseudonyms, four at most
 * @param sizeBytes of the document, known before it is read
 */
public record RecordSource(
    Format format,
    String mediaType,
    List<Pseudonym> taggable,
    RuleReport report,
    long sizeBytes,
    Content content) {
  /** Opens the document; the caller closes it. */
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  public RecordSource {
    taggable = List.copyOf(taggable);
    if (taggable.size() > DeidentifiedRecord.MAX_TAGGABLE || sizeBytes < 0) {
      throw new IllegalArgumentException("four taggable pseudonyms at most, and a size");
    }
  }

  static RecordSource of(DeidentifiedRecord record) {
    return new RecordSource(
        record.format(),
        record.mediaType(),
        record.taggable(),
        record.report(),
        record.document().sizeBytes(),
        record.document()::open);
  }
}
