package org.medseal.tracing;

import java.util.Optional;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.Judge;
import org.medseal.crypto.group.Opening;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.genesis.RegistryProofs;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.RecordCore;
import org.medseal.requests.Bodies;

/**
 * What the opener found: who signed, or that nobody in the registry did. Either can be judged by
 * anybody against a {@link Registry}, and neither needs a secret.
 */
public sealed interface TraceFinding permits TraceProof, UnregisteredProof {
  String recordId();

  SignedCore core();

  /** The A the signature opens to, 48 bytes in hexadecimal. */
  String a();

  /** That it does, 64 bytes in hexadecimal. */
  String openingProof();

  /** From JSON; empty if it is neither kind or lacks a part. */
  static Optional<TraceFinding> parse(byte[] json) {
    Optional<TraceFinding> named = Bodies.read(json, TraceProof.class).map(each -> each);
    return named.isPresent() ? named : Bodies.read(json, UnregisteredProof.class).map(each -> each);
  }

  /** As JSON. */
  default byte[] exported() {
    return Bodies.write(this);
  }

  /** False also for whatever is malformed. */
  default boolean judge(Registry registry) {
    Optional<Bytes> groupKey = registry.groupKey(core().epoch());
    Optional<Bytes> parameters = registry.groupParameters();
    if (groupKey.isEmpty() || parameters.isEmpty()) {
      return false;
    }
    try {
      GroupPublicKey key = GroupPublicKey.decode(groupKey.get().toArray());
      RecordCore signed = core().decoded();
      return RegistryProofs.isKeyOf(key, core().epoch(), parameters.get())
          && signed.chainId().equals(registry.chainId())
          && SignedCore.recordId(signed).hex().equals(recordId())
          && Judge.isOpening(
              key, Transactions.coreDigest(signed), signed.groupSignature().toArray(), opening())
          && concludes(key, registry);
    } catch (CryptoException | CodecException | IllegalArgumentException malformed) {
      return false;
    }
  }

  /** What follows from the A; its opening has been judged. */
  boolean concludes(GroupPublicKey key, Registry registry);

  private Opening opening() {
    return new Opening(Bytes.fromHex(a()).toArray(), Bytes.fromHex(openingProof()).toArray());
  }
}
