package org.medseal.ledger.node;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.medseal.ledger.api.DiskUse;
import org.medseal.ledger.api.LedgerAudit;
import org.medseal.ledger.api.ProposerTurn;
import org.medseal.ledger.api.ProposerTurn.Contender;
import org.medseal.ledger.api.ProposerTurn.Decided;
import org.medseal.ledger.consensus.ProposerRotation;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.proof.LedgerProof;
import org.medseal.ledger.proof.LightBlock;
import org.medseal.ledger.proof.ProofFile;
import org.medseal.ledger.proof.ProofMaker;
import org.medseal.ledger.store.BlockSegments;

/** Proofs, proposer turns and disk use of one copy. Proofs over the history are made one by one. */
final class CopyAudit implements LedgerAudit {
  private final LedgerCopy copy;
  private final ProofMaker maker;
  private final DiskMeter disk;
  private final Object making = new Object();

  /** Of the copy in a home. */
  static CopyAudit of(Path home, Genesis genesis, BlockSegments blocks, H2Index index) {
    return new CopyAudit(
        genesis,
        new LedgerCopy(genesis, blocks, index),
        new DiskMeter(home, blocks, InstantSource.system()));
  }

  CopyAudit(Genesis genesis, LedgerCopy copy, DiskMeter disk) {
    this.copy = copy;
    this.maker = new ProofMaker(copy, genesis);
    this.disk = disk;
  }

  @Override
  public Optional<Bytes> inclusionProof(Hash transaction, OptionalLong checkpoint) {
    synchronized (making) {
      return file(maker.inclusion(transaction, checkpoint));
    }
  }

  @Override
  public Optional<Bytes> consistencyProof(long from, long to, OptionalLong checkpoint) {
    synchronized (making) {
      return file(maker.consistency(from, to, checkpoint));
    }
  }

  private static Optional<Bytes> file(LedgerProof proof) {
    return Optional.of(Bytes.of(ProofFile.encode(proof)));
  }

  @Override
  public Optional<Checkpoint> checkpoint(long height) {
    return copy.block(height).map(each -> new Checkpoint(height, each.id()));
  }

  @Override
  public Optional<ProposerTurn> turn(long height) {
    return height < 1
        ? Optional.empty()
        : copy.validatorHistory().rotation(height).map(each -> turn(height, each));
  }

  @Override
  public Optional<ProposerTurn> recomputedTurn(long height) {
    return height < 1 || height > copy.height() + 1
        ? Optional.empty()
        : copy.validatorHistory().recompute(height).map(each -> turn(height, each));
  }

  private ProposerTurn turn(long height, ProposerRotation rotation) {
    ProposerRotation.Turn turn = rotation.turn();
    List<Contender> contenders = new ArrayList<>();
    for (Validator each : rotation.validators().validators()) {
      int index = each.index();
      contenders.add(
          new Contender(
              each.institution(),
              each.stake(),
              turn.before().get(index),
              turn.gained().get(index),
              turn.after().get(index)));
    }
    return new ProposerTurn(
        height, contenders, turn.proposer(), reason(contenders, turn), decided(height, contenders));
  }

  private static String reason(List<Contender> contenders, ProposerRotation.Turn turn) {
    Contender winner = contenders.get(turn.proposer());
    long equals = contenders.stream().filter(each -> each.gained() == winner.gained()).count();
    return winner.institution()
        + " has the highest priority, "
        + winner.gained()
        + (equals > 1 ? ", and the lowest index of the " + equals + " that have it" : "")
        + "; it pays the total stake of "
        + (winner.gained() - winner.after());
  }

  private Optional<Decided> decided(long height, List<Contender> contenders) {
    Optional<LightBlock> block = copy.block(height);
    return block
        .filter(each -> each.header().proposer() < contenders.size())
        .map(
            each ->
                new Decided(
                    each.certificate().round(),
                    contenders.get(each.header().proposer()).institution(),
                    signers(each.certificate(), contenders)));
  }

  private static List<String> signers(CommitCertificate certificate, List<Contender> contenders) {
    return certificate.signatures().stream()
        .map(CommitCertificate.CommitSignature::validator)
        .filter(each -> each < contenders.size())
        .map(each -> contenders.get(each).institution())
        .toList();
  }

  @Override
  public Optional<DiskUse> disk() {
    return Optional.of(disk.measure());
  }
}
