package org.medseal.ledger.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.Parameters;

/** A consortium for tests, and transactions in it. */
public final class SimGenesis {
  static final String CHAIN = "sim";
  static final long TIME_MS = 1_700_000_000_000L;

  /** Marks a transaction that makes the test application change the stakes. */
  static final long CHANGES_STAKE = 777;

  /** Marks a transaction that no block may hold. */
  static final long FORBIDDEN = 666;

  private SimGenesis() {}

  static Genesis of(List<Long> stakes) {
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < stakes.size(); i++) {
      keys.add(SimKeys.key(i));
    }
    return of(stakes, keys);
  }

  /** With keys that real signatures are checked with. */
  static Genesis real(List<Long> stakes) {
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < stakes.size(); i++) {
      keys.add(SimKeys.realKey(i));
    }
    return of(stakes, keys);
  }

  public static Genesis of(List<Long> stakes, List<Bytes> validatorKeys) {
    List<Institution> institutions = new ArrayList<>();
    for (int i = 0; i < stakes.size(); i++) {
      institutions.add(
          new Institution(
              name(i),
              validatorKeys.get(i),
              Bytes.of(new byte[65]),
              validatorKeys.get(i),
              Hash.ZERO,
              "127.0.0.1:0",
              stakes.get(i)));
    }
    CustodianSet custodians =
        new CustodianSet(
            1, List.of(new CustodianSet.CustodianKey(name(0), Bytes.of(new byte[65]))));
    return new Genesis(
        CHAIN,
        TIME_MS,
        institutions,
        Bytes.empty(),
        Bytes.empty(),
        List.of(),
        List.of(),
        name(0),
        name(0),
        custodians,
        new Parameters(0, 0, 1 << 16, 1 << 18, 1_000_000, 10));
  }

  static String name(int index) {
    return "hospital-" + (index + 1);
  }

  static IdentifiedTransaction transaction(int number, boolean changesStake) {
    return transaction(number, changesStake, 16);
  }

  static IdentifiedTransaction forbidden(int number) {
    return marked(number, FORBIDDEN, 16);
  }

  public static IdentifiedTransaction transaction(int number, boolean changesStake, int bytes) {
    return marked(number, changesStake ? CHANGES_STAKE : 1, bytes);
  }

  /** One that the ledger's own rules allow, by the first institution of a {@link #real} genesis. */
  static IdentifiedTransaction signed(int number) {
    InstitutionTransaction unsigned =
        (InstitutionTransaction) marked(number, TIME_MS + 86_400_000, 64).transaction();
    byte[] signature =
        SimKeys.sign(SimKeys.realKey(0), Transactions.institutionSignBytes(unsigned));
    return Transactions.identify(
        new InstitutionTransaction(
            unsigned.chainId(),
            unsigned.institution(),
            unsigned.expiryHeight(),
            unsigned.nonce(),
            unsigned.action(),
            Bytes.of(signature)));
  }

  private static IdentifiedTransaction marked(int number, long mark, int bytes) {
    byte[] nonce = SimKeys.sha256(("tx " + number).getBytes(StandardCharsets.UTF_8));
    byte[] body = new byte[bytes];
    System.arraycopy(nonce, 0, body, 0, Math.min(bytes, nonce.length));
    return Transactions.identify(
        new InstitutionTransaction(
            CHAIN,
            name(0),
            1_000_000,
            Bytes.of(java.util.Arrays.copyOf(nonce, 16)),
            new Action.AccessRequest(mark, Bytes.of(body)),
            Bytes.of(new byte[64])));
  }
}
