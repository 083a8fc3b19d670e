package org.medseal.bench.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomCodec;
import org.medseal.connectors.dicom.DicomWriter;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Vr;
import org.medseal.connectors.dicomnet.StoreScu;
import org.medseal.crypto.Digests;

/**
 * One patient's series of CT images of half a megabyte: a shipped sample with pixels of noise, each
 * other ones. Made when they are asked for, by any thread.
 */
final class SeriesImages {
  static final StoreScu.Offer OFFER =
      new StoreScu.Offer("1.2.840.10008.5.1.4.1.1.2", TransferSyntax.EXPLICIT_LITTLE.uid());

  private static final int SIDE = 512;
  private static final int INSTANCE_NUMBER = 0x00200013;
  private static final int ROWS = 0x00280010;
  private static final int COLUMNS = 0x00280011;
  private static final Path SAMPLE = Path.of("samples/dicom/ct-head.dcm");

  private final Dataset sample;
  private final Set<String> pixels = ConcurrentHashMap.newKeySet();

  SeriesImages() throws IOException {
    this.sample = DicomCodec.standard().read(Content.of(SAMPLE)).dataset();
  }

  /** A Part 10 file. */
  byte[] image(int number) {
    byte[] noise = new byte[2 * SIDE * SIDE];
    new Random(number).nextBytes(noise);
    pixels.add(hash(noise));
    Dataset instance = new Dataset();
    sample.elements().forEach(instance::put);
    MemoryBulkData side = MemoryBulkData.of(new byte[] {0, SIDE >> 8});
    instance
        .put(Element.ascii(Tag.SOP_INSTANCE_UID, Vr.UI, "1.2.3.4.5.1.2." + number))
        .put(Element.ascii(INSTANCE_NUMBER, Vr.IS, String.valueOf(number)))
        .put(new Element.Plain(ROWS, Vr.US, side))
        .put(new Element.Plain(COLUMNS, Vr.US, side))
        .put(new Element.Plain(Tag.PIXEL_DATA, Vr.OW, MemoryBulkData.of(noise)));
    ByteArrayOutputStream out = new ByteArrayOutputStream(noise.length + (1 << 13));
    try {
      DicomWriter.write(TransferSyntax.EXPLICIT_LITTLE, instance, out);
    } catch (IOException e) {
      throw new UncheckedIOException("a sample can no longer be read", e);
    }
    return out.toByteArray();
  }

  /** Written beside the folder and moved in, as a careful source does. */
  void drop(int count, Path folder) throws IOException {
    Path partial = folder.resolveSibling("series.partial");
    for (int number = 0; number < count; number++) {
      Files.write(partial, image(number));
      Files.move(partial, folder.resolve(number + ".dcm"), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Whether these are the pixels of one of them. */
  boolean hasPixels(byte[] bytes) {
    return pixels.contains(hash(bytes));
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256(bytes));
  }
}
