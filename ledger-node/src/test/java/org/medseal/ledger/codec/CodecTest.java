package org.medseal.ledger.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.medseal.ledger.codec.Samples.filled;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

class CodecTest {
  private static void assertRefused(Reason reason, ThrowingCallable decoding) {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(decoding)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void trailingBytesAreRefused() {
    byte[] encoded = Samples.approval(1, 10).encoded().toArray();
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
    assertRefused(Reason.TRAILING_BYTES, () -> Transactions.decode(longer));
    byte[] block = Blocks.encode(Samples.block());
    assertRefused(
        Reason.TRAILING_BYTES,
        () -> Blocks.decode(Arrays.copyOf(block, block.length + 1), 1 << 20));
  }

  @Test
  void roomThatTheCallerFillsIsReadBackAndMayNotStayEmpty() {
    CanonicalWriter out = new CanonicalWriter(4);
    byte[] written = out.bytes(3, room -> room.put(new byte[] {1, 2, 3})).u8(9).intoByteArray();
    assertThat(written).isEqualTo(new byte[] {0, 0, 0, 3, 1, 2, 3, 9});
    assertThat(out.size()).isZero();
    assertRefused(
        Reason.BAD_VALUE, () -> new CanonicalWriter().bytes(3, room -> room.put((byte) 1)));
  }

  @Test
  void aLengthAboveTheBoundIsRefusedBeforeItIsRead() {
    byte[] huge = new CanonicalWriter().u32(Integer.MAX_VALUE).toByteArray();
    assertRefused(Reason.TOO_LONG, () -> new CanonicalReader(huge).bytes(100));
    assertRefused(Reason.TRUNCATED, () -> new CanonicalReader(huge).bytes(Integer.MAX_VALUE));
    assertRefused(Reason.TOO_LONG, () -> new CanonicalReader(huge).list(100, CanonicalReader::u8));
    assertRefused(
        Reason.TRUNCATED,
        () -> new CanonicalReader(huge).list(Integer.MAX_VALUE, CanonicalReader::u8));
  }

  @Test
  void numbersAboveTheSignedRangeAreRefused() {
    byte[] negative = filled(8, 0xff).toArray();
    assertRefused(Reason.BAD_VALUE, () -> new CanonicalReader(negative).u32());
    assertRefused(Reason.BAD_VALUE, () -> new CanonicalReader(negative).u64());
    assertRefused(Reason.BAD_VALUE, () -> new CanonicalWriter().u64(-1));
    assertRefused(Reason.BAD_VALUE, () -> new CanonicalWriter().u8(256));
  }

  @Test
  void aFlagIsZeroOrOne() {
    assertRefused(Reason.BAD_VALUE, () -> new CanonicalReader(new byte[] {2}).flag());
  }

  @Test
  void textIsStrictUtf8() {
    byte[] overlong = new CanonicalWriter().bytes(Bytes.fromHex("c0af")).toByteArray();
    assertRefused(Reason.BAD_VALUE, () -> new CanonicalReader(overlong).string(10));
    assertRefused(Reason.BAD_VALUE, () -> new CanonicalWriter().string("\ud800"));
    byte[] text = new CanonicalWriter().string("hôpital 医院").toByteArray();
    assertThat(new CanonicalReader(text).string(20)).isEqualTo("hôpital 医院");
  }

  @Test
  void anotherDomainIsRefused() {
    byte[] header = new CanonicalWriter().domain(Domain.BLOCK_HEADER).toByteArray();
    assertRefused(Reason.WRONG_DOMAIN, () -> new CanonicalReader(header).domain(Domain.BLOCK));
  }

  @Test
  void whatNobodyCouldDecodeIsNotIdentified() {
    InstitutionTransaction transaction =
        new InstitutionTransaction(
            "c".repeat(Limits.CHAIN_ID + 1),
            "hospital-1",
            1,
            filled(16, 1),
            new Action.TraceApproval(Samples.hash(1)),
            filled(64, 1));
    assertRefused(Reason.TOO_LONG, () -> Transactions.identify(transaction));
  }

  @Test
  void theRecordsIdCoversItsCoreAlone() {
    IdentifiedTransaction record = Samples.record(filled(10, 1), 20);
    RecordTransaction whole = (RecordTransaction) record.transaction();
    RecordWitness other =
        new RecordWitness(
            whole.witness().header(),
            whole.witness().wrappedKeys(),
            new Payload.Inline(Bytes.empty()));
    IdentifiedTransaction swapped =
        Transactions.identify(new RecordTransaction(whole.core(), other));
    assertThat(swapped.id()).isEqualTo(record.id());
    assertThat(swapped.encoded()).isNotEqualTo(record.encoded());
    assertThat(Transactions.witnessHash(other)).isNotEqualTo(whole.core().witnessHash());
  }

  @Test
  void theBlocksIdStandsWithoutItsWitnesses() {
    Block block = Samples.block();
    IdentifiedTransaction record = block.transactions().get(0);
    assertThat(Blocks.transactionRoot(List.of(record)))
        .isEqualTo(
            Blocks.transactionRoot(
                List.of(
                    new IdentifiedTransaction(record.id(), record.transaction(), Bytes.empty()))));
  }

  @Test
  void certificatesAscendByValidator() {
    CommitCertificate twice =
        new CommitCertificate(
            1,
            0,
            Samples.hash(1),
            List.of(new CommitSignature(1, filled(64, 1)), new CommitSignature(1, filled(64, 2))));
    CanonicalWriter out = new CanonicalWriter();
    Votes.writeCertificate(out, twice);
    assertRefused(
        Reason.BAD_VALUE, () -> Votes.readCertificate(new CanonicalReader(out.toByteArray())));
  }

  @Test
  void signedVotesDifferInEverythingButTheValidator() {
    Vote vote = Samples.vote(Optional.of(Samples.hash(1)));
    byte[] signed = Votes.signBytes("chain-1", vote);
    assertThat(signed).isNotEqualTo(Votes.signBytes("chain-2", vote));
    assertThat(signed)
        .isNotEqualTo(Votes.signBytes("chain-1", Samples.vote(Optional.of(Samples.hash(2)))))
        .isNotEqualTo(Votes.signBytes("chain-1", Samples.vote(Optional.empty())))
        .isNotEqualTo(
            Votes.signBytes(
                "chain-1", new Vote(VoteType.PREVOTE, 5, 2, vote.blockId(), 1, vote.signature())))
        .isNotEqualTo(
            Votes.signBytes(
                "chain-1", new Vote(VoteType.PRECOMMIT, 6, 2, vote.blockId(), 1, vote.signature())))
        .isNotEqualTo(
            Votes.signBytes(
                "chain-1",
                new Vote(VoteType.PRECOMMIT, 5, 3, vote.blockId(), 1, vote.signature())));
    assertThat(signed)
        .isEqualTo(
            Votes.signBytes(
                "chain-1", new Vote(VoteType.PRECOMMIT, 5, 2, vote.blockId(), 9, Bytes.empty())));
  }

  @Test
  void aProposalWithoutAValidRoundRoundTrips() {
    Proposal proposal = Samples.proposal(Samples.hash(1));
    CanonicalWriter out = new CanonicalWriter();
    Votes.writeProposal(out, proposal);
    assertThat(Votes.readProposal(new CanonicalReader(out.toByteArray()))).isEqualTo(proposal);
  }
}
