package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Hash;

/**
 * Proves blocks backwards: each by the header of the one above, which names its id and what
 * executing it gave. The first is proven by the base. One thread.
 */
public final class OlderChain {
  private final String chainId;
  private Above above;

  /** What is known of the next block down before it is here. */
  private record Above(
      long height,
      Hash blockId,
      Hash stateRoot,
      Hash receiptsRoot,
      Hash priorities,
      Hash following,
      Optional<CommitCertificate> certificate) {

    static Above of(OlderBlock lowest) {
      BlockHeader header = lowest.stored().block().header();
      return new Above(
          header.height() - 1,
          header.parent(),
          header.stateRoot(),
          header.receiptsRoot(),
          header.prioritiesHash(),
          header.nextValidatorsHash(),
          lowest.stored().block().lastCommit());
    }
  }

  private OlderChain(String chainId, Above above) {
    this.chainId = chainId;
    this.above = above;
  }

  /** Down from the base's own block, which is not here yet. */
  public static OlderChain below(String chainId, Base base) {
    return new OlderChain(
        chainId,
        new Above(
            base.height(),
            base.blockId(),
            base.stateRoot(),
            base.receiptsRoot(),
            Blocks.prioritiesHash(base.priorities()),
            Blocks.validatorsHash(base.validatorsAt(base.height() + 2)),
            Optional.of(base.certificate())));
  }

  /** Down from the lowest block that is here. */
  public static OlderChain below(String chainId, OlderBlock lowest) {
    return new OlderChain(chainId, Above.of(lowest));
  }

  /** Of the next block down; 0 once the first is here. */
  public long next() {
    return above.height();
  }

  /** The block as it may be kept, with a certificate that is proven; empty if it is not true. */
  public Optional<OlderBlock> accept(OlderBlock offered) {
    BlockHeader header = offered.stored().block().header();
    if (header.height() != above.height()
        || !Blocks.id(header).equals(above.blockId())
        || !header.chainId().equals(chainId)
        || !BlockRules.isWhole(offered.stored().block())
        || !isTrue(offered.decodedNote(), header)) {
      return Optional.empty();
    }
    CommitCertificate proof = above.certificate().orElseGet(offered.stored()::certificate);
    OlderBlock kept =
        new OlderBlock(new StoredBlock(offered.stored().block(), proof), offered.note());
    above = Above.of(kept);
    return Optional.of(kept);
  }

  private boolean isTrue(Optional<Outcome> note, BlockHeader header) {
    return note.filter(each -> each.stateRoot().equals(above.stateRoot()))
        .filter(each -> each.receiptsRoot().equals(above.receiptsRoot()))
        .filter(each -> Blocks.prioritiesHash(each.priorities()).equals(above.priorities()))
        .filter(
            each ->
                each.changed().isPresent() != header.nextValidatorsHash().equals(above.following()))
        .filter(
            each ->
                each.changed()
                    .map(set -> Blocks.validatorsHash(set).equals(above.following()))
                    .orElse(true))
        .isPresent();
  }
}
