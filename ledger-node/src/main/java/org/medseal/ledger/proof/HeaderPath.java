package org.medseal.ledger.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.proof.ProofException.Reason;

/**
 * What leads from a checkpoint to one header: upwards by light verification, downwards by every
 * header between, each naming its parent.
 *
 * @param headers ascending, from the lower of the two heights to the higher
 * @param certificates of the headers of an upward path; none for a downward one
 * @param sets validators of the headers of an upward path and of the heights after them
 */
public record HeaderPath(
    List<BlockHeader> headers, List<CommitCertificate> certificates, List<ValidatorSet> sets) {
  /** Headers of a path in either direction. */
  public static final int MAX_HEADERS = 2_000;

  public HeaderPath {
    headers = List.copyOf(headers);
    certificates = List.copyOf(certificates);
    sets = List.copyOf(sets);
  }

  /** Empty if the source lacks what is between, or there is too much between. */
  public static Optional<HeaderPath> make(
      ProofSource source, long checkpoint, long target, long trustPeriodMs) {
    return checkpoint > target
        ? downward(source, checkpoint, target)
        : new Climb(source, trustPeriodMs).path(checkpoint, target);
  }

  private static Optional<HeaderPath> downward(ProofSource source, long checkpoint, long target) {
    if (target < 1 || checkpoint - target >= MAX_HEADERS || checkpoint > source.height()) {
      return Optional.empty();
    }
    List<BlockHeader> headers = new ArrayList<>();
    for (long each = target; each <= checkpoint; each++) {
      Optional<LightBlock> block = source.block(each);
      if (block.isEmpty()) {
        return Optional.empty();
      }
      headers.add(block.get().header());
    }
    return Optional.of(new HeaderPath(headers, List.of(), List.of()));
  }

  /** The header of that height, proven; ProofException if the path does not lead there. */
  public BlockHeader proven(String chainId, Checkpoint checkpoint, long target, TrustRules rules) {
    if (headers.isEmpty() || headers.size() > MAX_HEADERS) {
      throw new ProofException(Reason.MALFORMED, "no path of headers");
    }
    return checkpoint.height() > target
        ? provenDown(chainId, checkpoint, target)
        : provenUp(chainId, checkpoint, target, rules);
  }

  private BlockHeader provenDown(String chainId, Checkpoint checkpoint, long target) {
    Hash expected = checkpoint.blockId();
    long height = checkpoint.height();
    for (int i = headers.size() - 1; i >= 0; i--) {
      BlockHeader header = headers.get(i);
      requireIs(header, height, expected, chainId);
      expected = header.parent();
      height--;
    }
    return requireReached(headers.get(0), target);
  }

  private BlockHeader provenUp(
      String chainId, Checkpoint checkpoint, long target, TrustRules rules) {
    if (certificates.size() != headers.size()) {
      throw new ProofException(Reason.MALFORMED, "not every header has its certificate");
    }
    Map<Hash, ValidatorSet> known = new LinkedHashMap<>();
    sets.forEach(each -> known.put(Blocks.validatorsHash(each), each));
    BlockHeader start = headers.get(0);
    requireIs(start, checkpoint.height(), checkpoint.blockId(), chainId);
    if (rules.isOld(start.timeMs()) && checkpoint.height() < target) {
      throw new ProofException(
          Reason.OUT_OF_TIME,
          "the checkpoint is older than the trust period: have a newer one given out of band");
    }
    LightClient client = new LightClient(chainId, rules);
    Trusted trusted = trusted(start, checkpoint.blockId(), known);
    for (int i = 1; i < headers.size(); i++) {
      LightBlock block = new LightBlock(headers.get(i), certificates.get(i));
      client.requireStep(trusted, block, set(block.header().validatorsHash(), known));
      trusted = trusted(block.header(), block.id(), known);
    }
    return requireReached(headers.get(headers.size() - 1), target);
  }

  private static Trusted trusted(BlockHeader header, Hash id, Map<Hash, ValidatorSet> known) {
    return new Trusted(
        header.height(), id, header.timeMs(), set(header.nextValidatorsHash(), known));
  }

  private static ValidatorSet set(Hash hash, Map<Hash, ValidatorSet> known) {
    return Optional.ofNullable(known.get(hash))
        .orElseThrow(
            () -> new ProofException(Reason.NOT_TRUSTED, "the path lacks a validator set"));
  }

  private static void requireIs(BlockHeader header, long height, Hash id, String chainId) {
    if (header.height() != height
        || !header.chainId().equals(chainId)
        || !Blocks.id(header).equals(id)) {
      throw new ProofException(
          Reason.NOT_TRUSTED, "the header of height " + height + " is not the one that is trusted");
    }
  }

  private static BlockHeader requireReached(BlockHeader header, long target) {
    if (header.height() != target) {
      throw new ProofException(Reason.NOT_TRUSTED, "the path does not lead to height " + target);
    }
    return header;
  }

  public void write(CanonicalWriter out) {
    out.list(headers, Blocks::writeHeader)
        .list(certificates, Votes::writeCertificate)
        .list(sets, Registries::writeValidators);
  }

  /** CodecException for anything that was not written as one. */
  public static HeaderPath read(CanonicalReader in) {
    return new HeaderPath(
        in.list(MAX_HEADERS, Blocks::readHeader),
        in.list(MAX_HEADERS, Votes::readCertificate),
        in.list(2 * MAX_HEADERS, Registries::readValidators));
  }

  /** Finds as few headers as light verification allows. */
  private static final class Climb {
    private final ProofSource source;
    private final long trustPeriodMs;
    private final TreeMap<Long, LightBlock> found = new TreeMap<>();
    private final Map<Hash, ValidatorSet> sets = new LinkedHashMap<>();

    Climb(ProofSource source, long trustPeriodMs) {
      this.source = source;
      this.trustPeriodMs = trustPeriodMs;
    }

    Optional<HeaderPath> path(long from, long to) {
      if (!take(from) || (from < to && !connect(from, to))) {
        return Optional.empty();
      }
      return Optional.of(
          new HeaderPath(
              found.values().stream().map(LightBlock::header).toList(),
              found.values().stream().map(LightBlock::certificate).toList(),
              List.copyOf(sets.values())));
    }

    private boolean take(long height) {
      Optional<LightBlock> block = source.block(height);
      for (long each = height; block.isPresent() && each <= height + 1; each++) {
        Optional<ValidatorSet> set = source.validators(each);
        if (set.isEmpty()) {
          return false;
        }
        sets.putIfAbsent(Blocks.validatorsHash(set.get()), set.get());
      }
      block.ifPresent(each -> found.put(height, each));
      return block.isPresent() && found.size() <= MAX_HEADERS;
    }

    /** Straight if the upper one's signers allow it, else over the middle. */
    private boolean connect(long from, long to) {
      if (!take(to)) {
        return false;
      }
      if (to == from + 1 || isDirect(found.get(from), found.get(to))) {
        return true;
      }
      long middle = from + (to - from) / 2;
      return connect(from, middle) && connect(middle, to);
    }

    private boolean isDirect(LightBlock lower, LightBlock upper) {
      return upper.header().timeMs() - lower.header().timeMs() <= trustPeriodMs
          && LightClient.isSignedBySomeHonest(
              sets.get(lower.header().nextValidatorsHash()),
              sets.get(upper.header().validatorsHash()),
              upper.certificate());
    }
  }
}
