package org.medseal.ledger.proof;

import java.util.BitSet;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.ed25519.Ed25519PublicKey;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.proof.ProofException.Reason;

/**
 * One step of light verification (ledger.md section 4): the next block by its parent's word on the
 * validators, a later one by more than a third of the trusted stake; either by more than two thirds
 * of its own.
 */
final class LightClient {
  private final String chainId;
  private final TrustRules rules;

  LightClient(String chainId, TrustRules rules) {
    this.chainId = chainId;
    this.rules = rules;
  }

  /** Throws ProofException unless {@code block} may be believed by who believes {@code trusted}. */
  void requireStep(Trusted trusted, LightBlock block, ValidatorSet own) {
    BlockHeader header = block.header();
    requireHeader(trusted, header);
    if (!Blocks.validatorsHash(own).equals(header.validatorsHash())) {
      throw untrusted(header, "names other validators");
    }
    requireCertificate(block, own);
    if (header.height() == trusted.height() + 1) {
      if (!header.parent().equals(trusted.blockId())) {
        throw untrusted(header, "has another parent than the trusted block");
      }
      if (!header.validatorsHash().equals(Blocks.validatorsHash(trusted.next()))) {
        throw untrusted(header, "has other validators than its parent said");
      }
    } else if (!rules.isWithin(trusted.timeMs(), header.timeMs())) {
      throw new ProofException(
          Reason.OUT_OF_TIME,
          place(header) + " lies more than the trust period after height " + trusted.height());
    } else if (!isSignedBySomeHonest(trusted.next(), own, block.certificate())) {
      throw untrusted(
          header,
          "is not signed by more than a third of the stake trusted at height " + trusted.height());
    }
  }

  private void requireHeader(Trusted trusted, BlockHeader header) {
    if (header.version() != BlockHeader.VERSION) {
      throw new ProofException(Reason.MALFORMED, place(header) + " has an unknown version");
    }
    if (!header.chainId().equals(chainId)) {
      throw new ProofException(Reason.OTHER_CHAIN, place(header) + " is of another chain");
    }
    if (header.height() <= trusted.height() || header.timeMs() <= trusted.timeMs()) {
      throw untrusted(header, "does not come after height " + trusted.height());
    }
    if (rules.isFuture(header.timeMs())) {
      throw new ProofException(Reason.OUT_OF_TIME, place(header) + " lies in the future");
    }
  }

  private void requireCertificate(LightBlock block, ValidatorSet own) {
    CommitCertificate certificate = block.certificate();
    if (certificate.height() != block.height() || !certificate.blockId().equals(block.id())) {
      throw untrusted(block.header(), "has the certificate of another block");
    }
    long power = 0;
    int previous = -1;
    for (CommitSignature each : certificate.signatures()) {
      boolean inOrder = each.validator() > previous && each.validator() < own.size();
      if (!inOrder || !isSigned(certificate, each, own.get(each.validator()))) {
        throw untrusted(
            block.header(), "has a signature of validator " + each.validator() + " not its own");
      }
      previous = each.validator();
      power = Math.addExact(power, own.get(previous).stake());
    }
    if (!own.isQuorum(power)) {
      throw untrusted(block.header(), "is not signed by more than two thirds of its own stake");
    }
  }

  private boolean isSigned(
      CommitCertificate certificate, CommitSignature signature, Validator validator) {
    try {
      return Ed25519PublicKey.fromBytes(validator.key().toArray())
          .verify(
              Votes.signBytes(chainId, Votes.precommit(certificate, signature)),
              signature.signature().toArray());
    } catch (CryptoException e) {
      return false;
    }
  }

  /**
   * A trusted validator counts once with its trusted stake, however often its key stands in the
   * header's own set: the vote does not say under which index it was given.
   */
  static boolean isSignedBySomeHonest(
      ValidatorSet trusted, ValidatorSet own, CommitCertificate certificate) {
    BitSet counted = new BitSet();
    for (CommitSignature each : certificate.signatures()) {
      for (Validator known : trusted.validators()) {
        if (each.validator() < own.size() && known.key().equals(own.get(each.validator()).key())) {
          counted.set(known.index());
        }
      }
    }
    return trusted.isSomeHonest(
        counted.stream().mapToLong(each -> trusted.get(each).stake()).sum());
  }

  private static ProofException untrusted(BlockHeader header, String what) {
    return new ProofException(Reason.NOT_TRUSTED, place(header) + " " + what);
  }

  private static String place(BlockHeader header) {
    return "the header of height " + header.height();
  }
}
