package org.medseal.ledger.codec;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.ValidatorSet;

/**
 * Canonical form of blocks and the hashes a header commits to. A block's bytes carry records whole;
 * its id covers only their cores, through the transaction root.
 */
public final class Blocks {
  private Blocks() {}

  /** SHA-256 of the header. */
  public static Hash id(BlockHeader header) {
    CanonicalWriter out = new CanonicalWriter();
    writeHeader(out, header);
    return Sha256.of(out);
  }

  public static byte[] encode(Block block) {
    CanonicalWriter out = new CanonicalWriter().domain(Domain.BLOCK);
    writeHeader(out, block.header());
    out.list(block.transactions(), (each, transaction) -> each.bytes(transaction.encoded()))
        .optional(block.lastCommit(), Votes::writeCertificate)
        .list(block.evidence(), Votes::writeEvidence)
        .list(block.replicaReceipts(), Blocks::writeReplicaReceipt);
    return out.toByteArray();
  }

  /**
   * Well-formed, no more: whether header and body belong together is the caller's to check.
   *
   * @param maxBytes of the whole block
   */
  public static Block decode(byte[] bytes, int maxBytes) {
    if (bytes.length > maxBytes) {
      throw new CodecException(Reason.TOO_LONG, "block of " + bytes.length + " bytes");
    }
    CanonicalReader in = new CanonicalReader(bytes).domain(Domain.BLOCK);
    Block block =
        new Block(
            readHeader(in),
            in.list(
                Limits.TRANSACTIONS_PER_BLOCK,
                each -> Transactions.decode(each.bytes(Limits.TRANSACTION).toArray())),
            in.optional(Votes::readCertificate),
            in.list(Limits.EVIDENCE_PER_BLOCK, Votes::readEvidence),
            in.list(Limits.REPLICA_RECEIPTS_PER_BLOCK, Blocks::readReplicaReceipt));
    in.end();
    return block;
  }

  public static Hash certificateHash(Optional<CommitCertificate> certificate) {
    CanonicalWriter out = new CanonicalWriter();
    certificate.ifPresentOrElse(
        present -> Votes.writeCertificate(out, present), () -> out.domain(Domain.NO_CERTIFICATE));
    return Sha256.of(out);
  }

  /** RFC 6962 root over the transaction ids. */
  public static Hash transactionRoot(List<IdentifiedTransaction> transactions) {
    return MerkleTree.root(transactions.stream().map(each -> each.id().bytes()).toList());
  }

  /** RFC 6962 root over the canonical forms. */
  public static Hash evidenceHash(List<Evidence> evidence) {
    return MerkleTree.root(
        evidence.stream()
            .map(
                each -> {
                  CanonicalWriter out = new CanonicalWriter();
                  Votes.writeEvidence(out, each);
                  return out.toBytes();
                })
            .toList());
  }

  /** RFC 6962 root over the canonical forms. */
  public static Hash replicaReceiptsHash(List<ReplicaReceipt> receipts) {
    return MerkleTree.root(
        receipts.stream()
            .map(
                each -> {
                  CanonicalWriter out = new CanonicalWriter();
                  writeReplicaReceipt(out, each);
                  return out.toBytes();
                })
            .toList());
  }

  public static void writeReplicaReceipt(CanonicalWriter out, ReplicaReceipt receipt) {
    out.domain(Domain.REPLICA_RECEIPT)
        .hash(receipt.chunkRoot())
        .fixed(receipt.validatorKey())
        .u64(receipt.expiryHeight())
        .fixed(receipt.signature());
  }

  public static ReplicaReceipt readReplicaReceipt(CanonicalReader in) {
    in.domain(Domain.REPLICA_RECEIPT);
    return new ReplicaReceipt(in.hash(), in.fixed(32), in.u64(), in.fixed(64));
  }

  public static Hash validatorsHash(ValidatorSet validators) {
    CanonicalWriter out = new CanonicalWriter();
    Registries.writeValidators(out, validators);
    return Sha256.of(out);
  }

  /** Of the proposer priorities of a height, by validator index. */
  public static Hash prioritiesHash(List<Long> priorities) {
    CanonicalWriter out = new CanonicalWriter().domain(Domain.PRIORITIES);
    writePriorities(out, priorities);
    return Sha256.of(out);
  }

  public static void writePriorities(CanonicalWriter out, List<Long> priorities) {
    out.list(priorities, (each, value) -> each.flag(value < 0).u64(Math.abs(value)));
  }

  public static List<Long> readPriorities(CanonicalReader in) {
    return in.list(Limits.INSTITUTIONS, Blocks::readPriority);
  }

  private static long readPriority(CanonicalReader in) {
    boolean negative = in.flag();
    long value = in.u64();
    if (negative && value == 0) {
      throw new CodecException(Reason.BAD_VALUE, "a priority below nothing is nothing");
    }
    return negative ? -value : value;
  }

  public static Hash parametersHash(Parameters parameters) {
    CanonicalWriter out = new CanonicalWriter();
    Registries.writeParameters(out, parameters);
    return Sha256.of(out);
  }

  public static void writeHeader(CanonicalWriter out, BlockHeader header) {
    out.domain(Domain.BLOCK_HEADER)
        .u8(header.version())
        .string(header.chainId())
        .u64(header.height())
        .u64(header.timeMs())
        .hash(header.parent())
        .hash(header.lastCommitHash())
        .hash(header.transactionRoot())
        .hash(header.stateRoot())
        .hash(header.receiptsRoot())
        .hash(header.evidenceHash())
        .hash(header.replicaReceiptsHash())
        .hash(header.validatorsHash())
        .hash(header.nextValidatorsHash())
        .hash(header.prioritiesHash())
        .hash(header.parametersHash())
        .u32(header.proposer());
  }

  public static BlockHeader readHeader(CanonicalReader in) {
    in.domain(Domain.BLOCK_HEADER);
    return new BlockHeader(
        in.u8(),
        in.string(Limits.CHAIN_ID),
        in.u64(),
        in.u64(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.hash(),
        in.u32());
  }
}
