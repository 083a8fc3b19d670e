package org.medseal.bench.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.MessageFile;
import org.medseal.connectors.folder.FhirFiles;
import org.medseal.connectors.folder.FileItem;

/** FHIR files of one resource a line. */
final class NdjsonTarget implements FuzzTarget {
  private static final int MAX_MESSAGE_BYTES = 8 << 20;
  private static final int MOST_LINES = 3;

  private final List<byte[]> seeds;
  private final DeidReader reader;
  private final FhirFiles files = new FhirFiles(MAX_MESSAGE_BYTES);

  NdjsonTarget(List<byte[]> seeds, Deidentifier deidentifier) {
    this.seeds = List.copyOf(seeds);
    this.reader = new DeidReader(deidentifier);
  }

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  @Override
  public Mutation mutation() {
    return NdjsonTarget::lines;
  }

  private static byte[] lines(byte[] seed, byte[] other, Random random) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int lines = random.nextInt(MOST_LINES); lines >= 0; lines--) {
      file.writeBytes(JsonChanges.mutate(lines == 0 ? seed : other, seed, random));
      file.write('\n');
    }
    return file.toByteArray();
  }

  @Override
  public int take(byte[] input, Kinds kinds) {
    int items = 0;
    try {
      for (Iterator<FileItem> all = files.split(new ByteArrayInputStream(input)); all.hasNext(); ) {
        FileItem item = all.next();
        items++;
        if (item.defect().isPresent()) {
          kinds.count("item " + item.defect().get());
        } else {
          reader.take(item.raw(), kinds);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Finding.unless(items > 0, "a file came to nothing");
    MessageFile.split("file.ndjson", input);
    return items;
  }
}
