package org.medseal.ledger.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart.Kind;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;

/** What a lying peer makes of true answers; each leaves the answers alone that it does not mean. */
final class SnapshotLies {
  private SnapshotLies() {}

  static Stream<Arguments> lies() {
    return Stream.of(
        lie("other priorities", part(Kind.HEAD, SnapshotLies::lastByte)),
        lie("another header", part(Kind.HEAD, each -> changed(each, 40))),
        lie("another state", part(Kind.STATE, SnapshotLies::lastByte)),
        lie("a state without bound", part(Kind.STATE, SnapshotLies::huge)),
        lie("a state that is cut", part(Kind.STATE, each -> cut(each, 100))),
        lie("another root", part(Kind.ROOTS, SnapshotLies::lastByte)),
        lie("a root too many", part(Kind.ROOTS, SnapshotLies::oneMoreRoot)),
        lie("another look-up", part(Kind.LOOKUPS, each -> changed(each, 50))),
        lie("a look-up left out", part(Kind.LOOKUPS, SnapshotLies::withoutFirst)),
        lie("a look-up of no length", part(Kind.LOOKUPS, each -> Bytes.fromHex("7fffffff"))),
        lie("a certificate without a signature", SnapshotLies::unsigned),
        lie("another note beside a block", SnapshotLies::otherNote),
        lie("another block of that height", SnapshotLies::otherBlock),
        lie("a block without its body", SnapshotLies::withoutBody));
  }

  static Stream<Arguments> otherAnswers() {
    return Stream.of(
        lie("another part", SnapshotLies::otherQuestion),
        lie("blocks from another height", SnapshotLies::withoutFirstBlock));
  }

  private static Arguments lie(String what, UnaryOperator<SnapshotMessage> lie) {
    return Arguments.of(what, lie);
  }

  static UnaryOperator<SnapshotMessage> part(Kind kind, UnaryOperator<Bytes> change) {
    return answer ->
        answer instanceof SnapshotPart part && part.part() == kind
            ? new SnapshotPart(part.height(), kind, part.from(), change.apply(part.content()))
            : answer;
  }

  static Bytes changed(Bytes content, int at) {
    byte[] bytes = content.toArray();
    bytes[at] ^= 1;
    return Bytes.of(bytes);
  }

  private static Bytes lastByte(Bytes content) {
    return changed(content, content.length() - 1);
  }

  private static Bytes cut(Bytes content, int bytes) {
    return Bytes.of(Arrays.copyOf(content.toArray(), content.length() - bytes));
  }

  private static Bytes huge(Bytes content) {
    byte[] bytes = content.toArray();
    bytes[0] = 0x7f;
    return Bytes.of(bytes);
  }

  private static Bytes oneMoreRoot(Bytes content) {
    return new CanonicalWriter().fixed(content).fixed(new byte[32]).toBytes();
  }

  private static Bytes withoutFirst(Bytes content) {
    CanonicalReader in = new CanonicalReader(content.toArray());
    in.bytes(content.length());
    return in.fixed(in.remaining());
  }

  private static SnapshotMessage unsigned(SnapshotMessage answer) {
    return blocks(
        answer,
        blocks -> {
          StoredBlock first = blocks.get(0).stored();
          CommitCertificate real = first.certificate();
          CommitCertificate empty =
              new CommitCertificate(real.height(), real.round(), real.blockId(), List.of());
          blocks.set(
              0, new OlderBlock(new StoredBlock(first.block(), empty), blocks.get(0).note()));
        });
  }

  private static SnapshotMessage withoutFirstBlock(SnapshotMessage answer) {
    return blocks(answer, blocks -> blocks.remove(0));
  }

  private static SnapshotMessage otherBlock(SnapshotMessage answer) {
    return firstBlock(
        answer,
        block -> {
          BlockHeader h = block.header();
          BlockHeader other =
              new BlockHeader(
                  h.version(),
                  h.chainId(),
                  h.height(),
                  h.timeMs() + 1,
                  h.parent(),
                  h.lastCommitHash(),
                  h.transactionRoot(),
                  h.stateRoot(),
                  h.receiptsRoot(),
                  h.evidenceHash(),
                  h.replicaReceiptsHash(),
                  h.validatorsHash(),
                  h.nextValidatorsHash(),
                  h.prioritiesHash(),
                  h.parametersHash(),
                  h.proposer());
          return new Block(
              other,
              block.transactions(),
              block.lastCommit(),
              block.evidence(),
              block.replicaReceipts());
        });
  }

  private static SnapshotMessage withoutBody(SnapshotMessage answer) {
    return firstBlock(
        answer,
        block ->
            new Block(
                block.header(),
                List.of(),
                block.lastCommit(),
                block.evidence(),
                block.replicaReceipts()));
  }

  private static SnapshotMessage firstBlock(SnapshotMessage answer, UnaryOperator<Block> change) {
    return blocks(
        answer,
        blocks -> {
          StoredBlock first = blocks.get(0).stored();
          StoredBlock other = new StoredBlock(change.apply(first.block()), first.certificate());
          blocks.set(0, new OlderBlock(other, blocks.get(0).note()));
        });
  }

  private static SnapshotMessage otherNote(SnapshotMessage answer) {
    return blocks(
        answer,
        blocks ->
            blocks.set(
                0, new OlderBlock(blocks.get(0).stored(), changed(blocks.get(0).note(), 3))));
  }

  private static SnapshotMessage blocks(SnapshotMessage answer, Consumer<List<OlderBlock>> change) {
    if (answer instanceof OlderResponse response) {
      List<OlderBlock> blocks = new ArrayList<>(response.blocks());
      change.accept(blocks);
      return new OlderResponse(blocks);
    }
    return answer;
  }

  private static SnapshotMessage otherQuestion(SnapshotMessage answer) {
    return answer instanceof SnapshotPart part
        ? new SnapshotPart(part.height(), part.part(), part.from() + 1, part.content())
        : answer;
  }

  static Bytes firstOnly(Bytes content) {
    CanonicalReader in = new CanonicalReader(content.toArray());
    return new CanonicalWriter().bytes(in.bytes(content.length())).toBytes();
  }
}
