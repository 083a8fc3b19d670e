package org.medseal.bench.fuzz;

import java.io.ByteArrayInputStream;
import java.util.Iterator;
import java.util.List;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.MessageFile;
import org.medseal.connectors.folder.FileItem;
import org.medseal.connectors.folder.Hl7Files;

/** Files and batches: split as the folder and as {@code medseal deid} do, each message read. */
final class Hl7FileTarget implements FuzzTarget {
  private static final int MAX_MESSAGE_BYTES = 32 << 10;

  /** Names of trailers that are missing, said beside what was in the file. */
  private static final int SAID_BYTES = 3;

  private final List<byte[]> seeds;
  private final DeidReader reader;
  private final Hl7Files files = new Hl7Files(MAX_MESSAGE_BYTES);

  Hl7FileTarget(List<byte[]> seeds, Deidentifier deidentifier) {
    this.seeds = List.copyOf(seeds);
    this.reader = new DeidReader(deidentifier);
  }

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  @Override
  public Mutation mutation() {
    return Hl7Changes::mutate;
  }

  @Override
  public int take(byte[] input, Kinds kinds) {
    int items = 0;
    long bytes = 0;
    for (Iterator<FileItem> all = files.split(new ByteArrayInputStream(input)); all.hasNext(); ) {
      FileItem item = all.next();
      items++;
      bytes += item.raw().length;
      if (item.defect().isPresent()) {
        kinds.count("item " + item.defect().get());
      } else {
        reader.take(item.raw(), kinds);
      }
    }
    Finding.unless(items > 0, "a file came to nothing");
    Finding.unless(bytes <= input.length + SAID_BYTES, "a file's messages are more than the file");
    MessageFile.split("file.hl7", input);
    return items;
  }
}
