package org.medseal.connectors.message;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.medseal.connectors.deidentify.Format;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;

/** A store in a folder, with time in the test's hand. */
public final class StoreFixture {
  public static final MessageLimits ROOM = new MessageLimits(1 << 16, 1000, 1 << 26, 1000);
  static final Duration LEASE = Duration.ofSeconds(60);

  public final AtomicLong monotonicMs = new AtomicLong();
  final AtomicLong wallMs = new AtomicLong(1_700_000_000_000L);
  private final AtomicReference<Optional<Error>> failure = new AtomicReference<>(Optional.empty());
  private final Path home;
  private final int key;

  public StoreFixture(Path home) {
    this(home, 1);
  }

  StoreFixture(Path home, int key) {
    this.home = home;
    this.key = key;
  }

  public MessageStore open() {
    return open(ROOM);
  }

  MessageStore open(MessageLimits limits) {
    return open(limits, Disk.real(), JournalOptions.defaults().fileBytes());
  }

  MessageStore open(MessageLimits limits, Disk disk, long fileBytes) {
    byte[] storageKey = new byte[32];
    storageKey[0] = (byte) key;
    return MessageStore.open(
        home.resolve("inbox"),
        home.resolve("outbox"),
        new StoreState.Setup(
            new LocalCipher(SecretBytes.copyOf(storageKey)),
            limits,
            new Times(this::now, monotonicMs::get),
            disk,
            fileBytes));
  }

  /** The next look at the clock ends with the error. */
  void failOnce(Error error) {
    failure.set(Optional.of(error));
  }

  private Instant now() {
    failure
        .getAndSet(Optional.empty())
        .ifPresent(
            error -> {
              throw error;
            });
    return Instant.ofEpochMilli(wallMs.get());
  }

  /** Flips a byte inside the first frame of the feed, behind its head. */
  public static void damageFirst(Path inbox, String feed) throws IOException {
    Path file;
    try (Stream<Path> files = Files.list(inbox)) {
      file =
          files
              .filter(f -> Files.isRegularFile(f) && !f.endsWith("lock"))
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(feed) + 60;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) ~bytes[at]}), at);
    }
  }

  public static Receipt receive(MessageStore store, String text) {
    return receive(store, "lab", text, Optional.empty());
  }

  static Receipt receive(MessageStore store, String feed, String text, Optional<String> controlId) {
    return store.receive(
        feed, Format.HL7V2, text.getBytes(StandardCharsets.UTF_8), controlId, Optional.empty());
  }

  public static Optional<Lease> lease(MessageStore store) {
    try {
      return store.lease(Optional.empty(), LEASE, Duration.ZERO);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static String hl7(String patient, int number) {
    return "MSH|^~\\&|A|B|C|D|2026||ADT^A08|" + number + "|P|2.5\rPID|1||" + patient + "^^^H\r";
  }

  /** A well-formed record transaction, told apart by the seed. */
  public static SealedPart part(int seed, long expiryHeight) {
    Hash any = Hash.of(filled(32, seed));
    RecordWitness witness =
        new RecordWitness(
            new RecordHeader(
                "c",
                RecordFormat.HL7V2,
                Bytes.of(filled(16, seed)),
                1,
                List.of(any, any, any, any),
                any),
            List.of(Bytes.of(filled(100, seed))),
            new Payload.Inline(Bytes.of(filled(50, seed))));
    RecordCore core =
        new RecordCore(
            RecordCore.VERSION,
            "c",
            1,
            expiryHeight,
            RecordFormat.HL7V2,
            Transactions.witnessHash(witness),
            any,
            Bytes.of(filled(RecordCore.GROUP_SIGNATURE_LENGTH, seed)));
    return new SealedPart(
        Bytes.of(filled(16, seed)), 1, Transactions.identify(new RecordTransaction(core, witness)));
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
