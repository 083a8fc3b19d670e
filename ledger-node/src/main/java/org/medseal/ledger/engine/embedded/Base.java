package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.codec.Domain;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.consensus.ProposerRotation;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;

/**
 * What a chain stands on that did not execute its first blocks itself: all the engine has to know
 * after block {@code height}. Whoever makes one has checked each part against a proven header.
 *
 * @param priorities of the proposers of the next height
 * @param sets those in force from the oldest height that evidence may still be about to the height
 *     after the next, ascending
 */
public record Base(
    long height,
    Hash blockId,
    long timeMs,
    CommitCertificate certificate,
    Hash stateRoot,
    Hash receiptsRoot,
    List<Long> priorities,
    List<InForce> sets) {
  /** More sets than heights that evidence may be about, and those to come. */
  private static final int MAX_SETS = Evidence.MAX_AGE_BLOCKS + 4;

  /** A set and the first height it votes at. */
  public record InForce(long fromHeight, ValidatorSet validators) {}

  public Base {
    priorities = List.copyOf(priorities);
    sets = List.copyOf(sets);
    if (height < 1 || sets.isEmpty() || certificate.height() != height) {
      throw new IllegalArgumentException("a base needs a block, its proof and its validators");
    }
  }

  /** Of a height from the oldest known to the one after the next. */
  public ValidatorSet validatorsAt(long wanted) {
    InForce found = sets.get(0);
    for (InForce each : sets) {
      found = each.fromHeight() <= wanted ? each : found;
    }
    return found.validators();
  }

  /**
   * Whether a certificate proves that this block was decided at this height by these.
   *
   * @param chainId is part of what they signed
   */
  public static boolean isProven(
      String chainId, CommitCertificate certificate, LightId block, ValidatorSet validators) {
    return certificate.height() == block.height()
        && certificate.blockId().equals(block.id())
        && new Signatures(chainId, new Ed25519Check()).isProof(certificate, validators);
  }

  /** A block by its place and its hash. */
  public record LightId(long height, Hash id) {}

  /** Whether it is known who could vote at that height. */
  boolean knows(long wanted) {
    return wanted >= sets.get(0).fromHeight() && wanted <= height + 2;
  }

  /** The set a block's execution gave: it voted first two heights later. */
  Optional<ValidatorSet> givenBy(long block) {
    return sets.stream()
        .filter(each -> block > 0 && each.fromHeight() == block + 2)
        .map(InForce::validators)
        .findFirst();
  }

  /** The block that gave the set of that height; 0 for the genesis. */
  private long giver(long wanted) {
    long from = sets.get(0).fromHeight();
    for (InForce each : sets) {
      from = each.fromHeight() <= wanted ? each.fromHeight() : from;
    }
    return Math.max(0, from - 2);
  }

  ProposerRotation rotation() {
    return new ProposerRotation(validatorsAt(height + 1), priorities);
  }

  ChainState state() {
    return new ChainState(
        height,
        blockId,
        timeMs,
        Optional.of(certificate),
        stateRoot,
        receiptsRoot,
        rotation(),
        validatorsAt(height + 2),
        giver(height + 1),
        giver(height + 2));
  }

  public Bytes encode() {
    CanonicalWriter out =
        new CanonicalWriter().domain(Domain.BASE).u64(height).hash(blockId).u64(timeMs);
    Votes.writeCertificate(out, certificate);
    out.hash(stateRoot).hash(receiptsRoot);
    Blocks.writePriorities(out, priorities);
    return out.list(
            sets,
            (each, set) -> Registries.writeValidators(each.u64(set.fromHeight()), set.validators()))
        .toBytes();
  }

  /** CodecException for anything else than an encoded one. */
  public static Base decode(Bytes bytes) {
    CanonicalReader in = new CanonicalReader(bytes.toArray()).domain(Domain.BASE);
    try {
      Base base =
          new Base(
              in.u64(),
              in.hash(),
              in.u64(),
              Votes.readCertificate(in),
              in.hash(),
              in.hash(),
              Blocks.readPriorities(in),
              new ArrayList<>(
                  in.<InForce>list(
                      MAX_SETS, each -> new InForce(each.u64(), Registries.readValidators(each)))));
      in.end();
      return base;
    } catch (IllegalArgumentException e) {
      throw new CodecException(Reason.BAD_VALUE, "base does not fit together");
    }
  }
}
