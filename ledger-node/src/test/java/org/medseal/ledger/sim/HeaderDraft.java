package org.medseal.ledger.sim;

import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Hash;

/** A header like another one, of which the test changes what it likes. */
final class HeaderDraft {
  private final BlockHeader like;
  private int version;
  private String chainId;
  private long timeMs;
  private Hash parent;
  private Hash lastCommit;
  private Hash transactions;
  private Hash stateRoot;
  private Hash receiptsRoot;
  private Hash evidence;
  private Hash validators;
  private Hash priorities;
  private int proposer;

  private HeaderDraft(BlockHeader like) {
    this.like = like;
    this.version = like.version();
    this.chainId = like.chainId();
    this.timeMs = like.timeMs();
    this.parent = like.parent();
    this.lastCommit = like.lastCommitHash();
    this.transactions = like.transactionRoot();
    this.stateRoot = like.stateRoot();
    this.receiptsRoot = like.receiptsRoot();
    this.evidence = like.evidenceHash();
    this.validators = like.validatorsHash();
    this.priorities = like.prioritiesHash();
    this.proposer = like.proposer();
  }

  static HeaderDraft of(Block block) {
    return new HeaderDraft(block.header());
  }

  HeaderDraft version(int next) {
    version = next;
    return this;
  }

  HeaderDraft chainId(String next) {
    chainId = next;
    return this;
  }

  HeaderDraft timeMs(long next) {
    timeMs = next;
    return this;
  }

  HeaderDraft later(long byMs) {
    return timeMs(timeMs + byMs);
  }

  HeaderDraft parent(Hash next) {
    parent = next;
    return this;
  }

  HeaderDraft stateRoot(Hash next) {
    stateRoot = next;
    return this;
  }

  HeaderDraft receiptsRoot(Hash next) {
    receiptsRoot = next;
    return this;
  }

  HeaderDraft validators(Hash next) {
    validators = next;
    return this;
  }

  HeaderDraft priorities(Hash next) {
    priorities = next;
    return this;
  }

  HeaderDraft proposer(int next) {
    proposer = next;
    return this;
  }

  /** Over this body, whether it belongs to it or not. */
  Block over(Block body) {
    return new Block(
        new BlockHeader(
            version,
            chainId,
            like.height(),
            timeMs,
            parent,
            lastCommit,
            transactions,
            stateRoot,
            receiptsRoot,
            evidence,
            like.replicaReceiptsHash(),
            validators,
            like.nextValidatorsHash(),
            priorities,
            like.parametersHash(),
            proposer),
        body.transactions(),
        body.lastCommit(),
        body.evidence());
  }

  /** Over this body, with the hashes that belong to it. */
  Block sealing(Block body) {
    lastCommit = Blocks.certificateHash(body.lastCommit());
    transactions = Blocks.transactionRoot(body.transactions());
    evidence = Blocks.evidenceHash(body.evidence());
    return over(body);
  }
}
