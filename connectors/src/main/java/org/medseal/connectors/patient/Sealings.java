package org.medseal.connectors.patient;

import static org.medseal.connectors.table.NumberedBlocks.place;

import org.medseal.connectors.table.KeyTable;
import org.medseal.connectors.table.NumberedBlocks;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * Journal positions by patient and by transaction: 12 bytes for each patient of a record, 27 to 54
 * for each record and for each patient. Patients' keys and transactions' ids are kept in part:
 * whoever reads a position checks that it is the one he wanted. Not for several threads.
 */
final class Sealings {
  /** What is known of a patient or transaction last, by a number from 1. */
  private final KeyTable byPatient = new KeyTable();

  private final KeyTable byTransaction = new KeyTable();
  private final NumberedBlocks<Block> blocks = new NumberedBlocks<>(Block::new);

  private static final class Block {
    private final long[] positions = new long[NumberedBlocks.SIZE];

    /** What was known of the same patient before; 0 for nothing. */
    private final int[] earlier = new int[NumberedBlocks.SIZE];
  }

  void add(Bytes patient, Hash txId, long position) {
    KeyTable.Key key = KeyTable.Key.firstOf(patient);
    int number = blocks.next();
    blocks.of(number).positions[place(number)] = position;
    blocks.of(number).earlier[place(number)] = byPatient.get(key);
    byPatient.put(key, number);
    byTransaction.put(KeyTable.Key.firstOf(txId.bytes()), number);
  }

  /** Oldest first. */
  long[] ofPatient(Bytes patient) {
    int newest = byPatient.get(KeyTable.Key.firstOf(patient));
    int count = 0;
    for (int number = newest; number != 0; number = earlier(number)) {
      count++;
    }
    long[] positions = new long[count];
    for (int number = newest; number != 0; number = earlier(number)) {
      positions[--count] = position(number);
    }
    return positions;
  }

  /** -1 if there is none. */
  long ofTransaction(Hash txId) {
    int number = byTransaction.get(KeyTable.Key.firstOf(txId.bytes()));
    return number == 0 ? -1 : position(number);
  }

  private long position(int number) {
    return blocks.of(number).positions[place(number)];
  }

  private int earlier(int number) {
    return blocks.of(number).earlier[place(number)];
  }
}
