package org.medseal.bench.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medseal.bench.HomeNode;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.DeidKeys;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.deidentify.Explanation;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.dicom.DicomCodec;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.message.Arrival;
import org.medseal.connectors.message.Lease;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.SealedPart;
import org.medseal.connectors.seal.RecordSealer;
import org.medseal.consortium.LocalConsortium;
import org.medseal.crypto.Digests;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.crypto.pseudonym.PseudonymKey;
import org.medseal.ledger.model.IdentifiedTransaction;

/**
 * A multi-frame object larger than the heap goes its whole way: into the encrypted spool, through
 * the inbox, read, de-identified, sealed into chunks and put into the outbox; then its pixels are
 * read once more as they were sealed, and compared. Prints times and the pools' peaks. Arguments:
 * folder on the disk to measure, MiB of pixels. Run it with a small -Xmx.
 */
public final class LargerThanHeap {
  private static final String FEED = "ct";
  private static final int EXPIRY_BLOCKS = 2_000;

  private final LargeObject object;
  private long mark = System.nanoTime();

  private LargerThanHeap(LargeObject object) {
    this.object = object;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target");
    int mebibytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_048;
    Files.createDirectories(parent);
    int frames = (int) (((long) mebibytes << 20) / LargeObject.FRAME_BYTES) - 1;
    boolean same =
        new LargerThanHeap(new LargeObject(frames))
            .run(Files.createTempDirectory(parent, "larger-"));
    System.exit(same ? 0 : 1);
  }

  private boolean run(Path root) throws IOException, InterruptedException {
    LocalConsortium.found(root, 1, Map.of());
    try (HomeNode home = HomeNode.open(root.resolve("1"), 0);
        MessageStore store =
            MessageStore.open(
                home.home().inbox(),
                home.home().outbox(),
                new LocalCipher(home.keyring().storageKey()),
                MessageLimits.defaults())) {
      home.node().start();
      mark = System.nanoTime();
      String id = store.receive(arrival()).id();
      said("spooled, durable in the inbox");
      Lease lease =
          store.lease(Optional.of(FEED), Duration.ofHours(1), Duration.ZERO).orElseThrow();
      DeidentifiedRecord record = deidentified(lease.content());
      said("read and de-identified");
      IdentifiedTransaction sealed = sealer(home).seal(record, 1);
      store.sealed(id, List.of(new SealedPart(store.patientKey(record.patient()), 1, sealed)));
      said("written, sealed into chunks, in the outbox");
      boolean same = samePixels(record);
      said("released pixels are " + (same ? "the same" : "OTHERS"));
      System.out.printf(
          Locale.ROOT,
          "%,d bytes; heap of at most %d MiB, sum of the pools' peaks %d MiB%n",
          object.sizeBytes(),
          Runtime.getRuntime().maxMemory() >> 20,
          peak() >> 20);
      return same;
    }
  }

  private Arrival arrival() {
    return new Arrival(
        FEED, Format.DICOM, object, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static DeidentifiedRecord deidentified(Content content) {
    byte[] key = new byte[32];
    DeidKeys keys =
        new DeidKeys(
            new PseudonymKey(1, "consortium", SecretBytes.copyOf(key)),
            new PseudonymKey(0, "local", SecretBytes.copyOf(key)));
    Outcome outcome =
        Deidentifiers.load(Path.of("config"), keys)
            .forFormat(Format.DICOM)
            .deidentify(content, FeedPolicy.of(FEED, UnlistedAuthority.LOCAL), Explanation.none());
    if (outcome instanceof Outcome.Released released) {
      return released.records().get(0);
    }
    throw new IllegalStateException("not released: " + outcome);
  }

  private static RecordSealer sealer(HomeNode home) {
    return new RecordSealer(
        home.node(),
        new RecordSealer.Keys(
            home.keyring().memberSecret(), home.keyring().eraseKey(), EXPIRY_BLOCKS),
        new SecureRandom(),
        InstantSource.system());
  }

  private boolean samePixels(DeidentifiedRecord record) throws IOException {
    Element.Plain pixels =
        (Element.Plain)
            DicomCodec.standard()
                .read(record.document())
                .dataset()
                .find(Tag.PIXEL_DATA)
                .orElseThrow();
    try (InputStream released = pixels.value().open()) {
      return sha256(released).equals(sha256(object.pixels()));
    }
  }

  private static String sha256(InputStream in) throws IOException {
    DigestInputStream digesting = new DigestInputStream(in, Digests.newSha256());
    digesting.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
  }

  private void said(String what) {
    long now = System.nanoTime();
    double seconds = (now - mark) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%6.1f s  %4.0f MB/s  %s%n",
        seconds,
        object.sizeBytes() / 1e6 / seconds,
        what);
    mark = System.nanoTime();
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
