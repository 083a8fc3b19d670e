package org.medseal.connectors.patient;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * Which records this institution sealed for which of its patients. On disk everything is sealed
 * under the storage key; in memory identifiers are HMACs. An entry is written before its record is,
 * so some transactions it names may never have reached the ledger. All calls from any thread.
 */
public final class LocalPatientIndex implements AutoCloseable {
  private static final String CONTEXT = "medseal patient index";
  private static final int ENTRY = 1;
  private static final int MAX_TEXT = 4096;
  private static final int MAX_IDENTIFIERS = 256;

  private final Journal journal;
  private final LocalCipher cipher;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Sealings sealings = new Sealings();

  private LocalPatientIndex(Journal journal, LocalCipher cipher) {
    this.journal = journal;
    this.cipher = cipher;
  }

  /** CryptoException NOT_AUTHENTIC if the folder was written under another storage key. */
  public static LocalPatientIndex open(Path folder, LocalCipher cipher) {
    LocalPatientIndex index =
        new LocalPatientIndex(Journal.open(folder, JournalOptions.defaults()), cipher);
    try {
      index.journal.replay(
          index.journal.firstPosition(),
          (position, type, payload) -> index.remember(index.decode(payload), position));
      return index;
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /** Transactions sealed here for this identifier, oldest first. */
  public List<Hash> find(PatientIdentifier id) {
    Bytes key = key(id);
    long[] of;
    lock.readLock().lock();
    try {
      of = sealings.ofPatient(key);
    } finally {
      lock.readLock().unlock();
    }
    return Arrays.stream(of).mapToObj(this::read).map(Item::txId).distinct().toList();
  }

  /** Whose record a transaction is, if it was sealed here. */
  public List<PatientIdentifier> patientOf(Hash txId) {
    long position;
    lock.readLock().lock();
    try {
      position = sealings.ofTransaction(txId);
    } finally {
      lock.readLock().unlock();
    }
    return position < 0
        ? List.of()
        : Optional.of(read(position))
            .filter(item -> item.txId().equals(txId))
            .map(Item::identifiers)
            .orElse(List.of());
  }

  private Item read(long position) {
    return decode(journal.read(position).payload());
  }

  public void add(PatientIdentifier id, Hash txId) {
    add(List.of(id), txId);
  }

  /** Durable when it returns. */
  public void add(List<PatientIdentifier> identifiers, Hash txId) {
    Item item = new Item(txId, List.copyOf(identifiers));
    long position = journal.append(ENTRY, cipher.seal(CONTEXT, encode(item)));
    journal.syncThrough(position);
    remember(item, position);
  }

  @Override
  public void close() {
    journal.close();
  }

  private record Item(Hash txId, List<PatientIdentifier> identifiers) {}

  private void remember(Item item, long position) {
    List<Bytes> keys = new ArrayList<>();
    item.identifiers().forEach(id -> keys.add(key(id)));
    lock.writeLock().lock();
    try {
      keys.forEach(key -> sealings.add(key, item.txId(), position));
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Bytes key(PatientIdentifier id) {
    return Bytes.of(
        cipher.fingerprint(CONTEXT, bytes(id.authority()), bytes(id.idType()), bytes(id.id())));
  }

  private static byte[] encode(Item item) {
    return new CanonicalWriter()
        .hash(item.txId())
        .list(
            item.identifiers(),
            (out, id) -> out.string(id.authority()).string(id.idType()).string(id.id()))
        .toByteArray();
  }

  private Item decode(byte[] payload) {
    CanonicalReader in = new CanonicalReader(cipher.open(CONTEXT, payload));
    Item item =
        new Item(
            in.hash(),
            in.list(
                MAX_IDENTIFIERS,
                r ->
                    new PatientIdentifier(
                        r.string(MAX_TEXT), r.string(MAX_TEXT), r.string(MAX_TEXT))));
    in.end();
    return item;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
