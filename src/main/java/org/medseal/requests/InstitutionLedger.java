package org.medseal.requests;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.sm2.SealedEnvelope;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.crypto.sm2.Sm2PublicKey;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.requests.RequestException.Reason;

/** Acts on the ledger in the institution's name: signs, submits, and waits for the block. */
public final class InstitutionLedger {
  private final Ledger ledger;
  private final ActingKeys keys;
  private final Duration commitWait;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param commitWait how long a caller waits for the block; the transaction stays valid beyond it
   */
  public InstitutionLedger(Ledger ledger, ActingKeys keys, Duration commitWait) {
    this.ledger = ledger;
    this.keys = keys;
    this.commitWait = commitWait;
  }

  /** A transaction sent; {@code committed} tells whether its block came within the wait. */
  public record Submitted(Hash id, boolean committed) {}

  public Ledger ledger() {
    return ledger;
  }

  /**
   * LEDGER_REFUSED with the ledger's reason.
   *
   * @param intention on record before the ledger hears of the transaction, so that no act can stand
   *     there of which this node says nothing
   */
  @SuppressWarnings("try") // the listener only has to live as long as the wait
  public Submitted submit(Action action, Intention intention) {
    InstitutionTransaction transaction = sign(action);
    Hash id = Transactions.identify(transaction).id();
    intention.toSend(id);
    CountDownLatch committed = new CountDownLatch(1);
    try (Ledger.Listening watch =
        ledger.onBlock(
            ledger.view().height() + 1,
            block -> {
              if (block.transactions().stream().anyMatch(each -> each.id().equals(id))) {
                committed.countDown();
              }
            })) {
      Verdict verdict = ledger.submit(transaction);
      if (!verdict.isOk() && verdict.code() != Verdict.Code.ALREADY_COMMITTED) {
        throw new RequestException(
            Reason.LEDGER_REFUSED,
            "The ledger refused the transaction: "
                + verdict.code()
                + (verdict.reason().isBlank() ? "." : ", " + verdict.reason() + "."));
      }
      boolean seen = committed.await(commitWait.toMillis(), TimeUnit.MILLISECONDS);
      return new Submitted(id, seen || ledger.find(id).isPresent());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Submitted(id, ledger.find(id).isPresent());
    }
  }

  /**
   * Sealed to these institutions' grant keys; the context names purpose, chain and parts.
   * INSTITUTION_GONE.
   */
  public Bytes seal(String context, byte[] body, List<String> institutions) {
    List<Sm2PublicKey> recipients =
        institutions.stream().distinct().sorted().map(this::grantKey).toList();
    return Bytes.of(SealedEnvelope.seal(context, body, recipients, random));
  }

  /** Empty when this institution is no party, or the body is not what its context says. */
  public Optional<byte[]> unseal(String context, Bytes sealed) {
    try {
      return Optional.of(SealedEnvelope.open(context, sealed.toArray(), keys.grant()));
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }

  Sm2PublicKey grantKey(String institution) {
    Bytes point =
        ledger
            .view()
            .institution(institution)
            .map(Institution::grantKey)
            .orElseThrow(
                () ->
                    new RequestException(
                        Reason.INSTITUTION_GONE,
                        institution + " has left the consortium: nothing can be sealed to it."));
    return Sm2PublicKey.fromPoint(point.toArray());
  }

  Sm2PrivateKey ownGrantKey() {
    return keys.grant();
  }

  SecureRandom random() {
    return random;
  }

  private InstitutionTransaction sign(Action action) {
    byte[] nonce = new byte[InstitutionTransaction.NONCE_LENGTH];
    random.nextBytes(nonce);
    long expiry = ledger.view().height() + ledger.genesis().parameters().maxExpiryBlocks();
    InstitutionTransaction unsigned =
        new InstitutionTransaction(
            ledger.genesis().chainId(),
            ledger.institution(),
            expiry,
            Bytes.of(nonce),
            action,
            Bytes.of(new byte[InstitutionTransaction.SIGNATURE_LENGTH]));
    byte[] signature = keys.signing().sign(Transactions.institutionSignBytes(unsigned));
    return new InstitutionTransaction(
        unsigned.chainId(),
        unsigned.institution(),
        unsigned.expiryHeight(),
        unsigned.nonce(),
        action,
        Bytes.of(signature));
  }
}
