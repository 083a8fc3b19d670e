package org.medseal.ledger.engine.embedded;

import java.util.List;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.OfferMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.RoundStatus;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StatusMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StemMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VotesRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.WantMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessRequest;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.IdentifiedTransaction;

/** Canonical form of peer messages: a type byte, then the fields. Every length is bounded. */
public final class PeerMessages {
  /** Blocks a response may hold; their bytes are bounded by the caller of {@link #decode}. */
  public static final int MAX_BLOCKS = 64;

  public static final int MAX_TRANSACTIONS = 4096;

  /** Ids an offer or a request may name. */
  public static final int MAX_IDS = 1024;

  private static final int PROPOSAL = 1;
  private static final int VOTE = 2;
  private static final int STATUS = 3;
  private static final int VOTES_REQUEST = 4;
  private static final int BLOCKS_REQUEST = 5;
  private static final int BLOCKS_RESPONSE = 6;
  private static final int TRANSACTIONS = 7;
  private static final int STEM = 10;
  private static final int OFFER = 11;
  private static final int WANT = 12;
  private static final int WITNESS_REQUEST = 20;
  private static final int WITNESS_ANSWER = 21;
  private static final int MAX_BITMAP = (Limits.INSTITUTIONS + 7) / 8;

  /** Of a validator, Ed25519. */
  private static final int KEY_BYTES = 32;

  private PeerMessages() {}

  public static byte[] encode(PeerMessage message) {
    CanonicalWriter out = new CanonicalWriter();
    if (message instanceof ProposalMessage proposal) {
      Votes.writeProposal(out.u8(PROPOSAL), proposal.proposal());
      out.bytes(Blocks.encode(proposal.block()));
    } else if (message instanceof VoteMessage vote) {
      Votes.writeVote(out.u8(VOTE), vote.vote());
    } else if (message instanceof StatusMessage status) {
      out.u8(STATUS)
          .u64(status.height())
          .u64(status.lowest())
          .u32(status.round())
          .u8(status.step().code());
      out.list(status.rounds(), PeerMessages::writeRound);
    } else if (message instanceof VotesRequest request) {
      out.u8(VOTES_REQUEST).u64(request.height()).u32(request.round());
      out.u8(request.type().code()).hash(request.blockId()).bytes(request.known().bits());
    } else if (message instanceof BlocksRequest request) {
      out.u8(BLOCKS_REQUEST).u64(request.from()).u64(request.to());
    } else if (message instanceof BlocksResponse response) {
      out.u8(BLOCKS_RESPONSE).list(response.blocks(), PeerMessages::writeStored);
    } else if (message instanceof WitnessRequest request) {
      out.u8(WITNESS_REQUEST).fixed(request.key());
    } else if (message instanceof WitnessAnswer answer) {
      out.u8(WITNESS_ANSWER)
          .u64(answer.height())
          .list(answer.votes(), Votes::writeVote)
          .list(answer.proposals(), Votes::writeProposal);
    } else if (message instanceof SnapshotMessage snapshot) {
      SnapshotMessages.write(out, snapshot);
    } else if (message instanceof BlobMessage blob) {
      BlobMessages.write(out, blob);
    } else if (message instanceof TransactionsMessage transactions) {
      writeTransactions(out.u8(TRANSACTIONS), transactions.transactions());
    } else if (message instanceof StemMessage stem) {
      writeTransactions(out.u8(STEM), stem.transactions());
    } else if (message instanceof OfferMessage offer) {
      out.u8(OFFER).list(offer.ids(), CanonicalWriter::hash);
    } else if (message instanceof WantMessage want) {
      out.u8(WANT).list(want.ids(), CanonicalWriter::hash);
    }
    return out.toByteArray();
  }

  /**
   * Well-formed, no more.
   *
   * @param maxBytes of the whole message
   * @throws CodecException for anything else
   */
  public static PeerMessage decode(byte[] bytes, int maxBytes) {
    if (bytes.length > maxBytes) {
      throw new CodecException(Reason.TOO_LONG, "peer message of " + bytes.length + " bytes");
    }
    CanonicalReader in = new CanonicalReader(bytes);
    PeerMessage message = read(in, maxBytes);
    in.end();
    return message;
  }

  private static PeerMessage read(CanonicalReader in, int maxBytes) {
    int type = in.u8();
    return switch (type) {
      case PROPOSAL -> new ProposalMessage(Votes.readProposal(in), readBlock(in, maxBytes));
      case VOTE -> new VoteMessage(Votes.readVote(in));
      case STATUS ->
          new StatusMessage(
              in.u64(),
              in.u64(),
              in.u32(),
              readStep(in),
              in.list(StatusMessage.MAX_ROUNDS, PeerMessages::readRound));
      case VOTES_REQUEST ->
          new VotesRequest(in.u64(), in.u32(), Votes.readType(in), in.hash(), readVoters(in));
      case BLOCKS_REQUEST -> new BlocksRequest(in.u64(), in.u64());
      case BLOCKS_RESPONSE ->
          new BlocksResponse(in.list(MAX_BLOCKS, each -> readStored(each, maxBytes)));
      case TRANSACTIONS -> new TransactionsMessage(readTransactions(in));
      case STEM -> new StemMessage(readTransactions(in));
      case OFFER -> new OfferMessage(in.list(MAX_IDS, CanonicalReader::hash));
      case WANT -> new WantMessage(in.list(MAX_IDS, CanonicalReader::hash));
      case WITNESS_REQUEST -> new WitnessRequest(in.fixed(KEY_BYTES));
      case WITNESS_ANSWER ->
          new WitnessAnswer(
              in.u64(),
              in.list(WitnessAnswer.MAX_VOTES, Votes::readVote),
              in.list(WitnessAnswer.MAX_PROPOSALS, Votes::readProposal));
      default ->
          SnapshotMessages.read(type, in, maxBytes)
              .or(() -> BlobMessages.read(type, in))
              .orElseThrow(
                  () -> new CodecException(Reason.BAD_VALUE, "unknown peer message " + type));
    };
  }

  private static void writeTransactions(
      CanonicalWriter out, List<IdentifiedTransaction> transactions) {
    out.list(transactions, (each, one) -> each.bytes(one.encoded()));
  }

  private static List<IdentifiedTransaction> readTransactions(CanonicalReader in) {
    return in.list(
        MAX_TRANSACTIONS, each -> Transactions.decode(each.bytes(Limits.TRANSACTION).toArray()));
  }

  private static void writeRound(CanonicalWriter out, RoundStatus round) {
    out.u32(round.round())
        .flag(round.proposal())
        .bytes(round.prevotes().bits())
        .bytes(round.precommits().bits())
        .optional(round.prevoted(), CanonicalWriter::hash)
        .optional(round.precommitted(), CanonicalWriter::hash);
  }

  private static RoundStatus readRound(CanonicalReader in) {
    return new RoundStatus(
        in.u32(),
        in.flag(),
        readVoters(in),
        readVoters(in),
        in.optional(CanonicalReader::hash),
        in.optional(CanonicalReader::hash));
  }

  private static Voters readVoters(CanonicalReader in) {
    return new Voters(in.bytes(MAX_BITMAP));
  }

  private static void writeStored(CanonicalWriter out, StoredBlock stored) {
    out.bytes(Blocks.encode(stored.block()));
    Votes.writeCertificate(out, stored.certificate());
  }

  private static StoredBlock readStored(CanonicalReader in, int maxBytes) {
    Block block = readBlock(in, maxBytes);
    CommitCertificate certificate = Votes.readCertificate(in);
    return new StoredBlock(block, certificate);
  }

  private static Block readBlock(CanonicalReader in, int maxBytes) {
    return Blocks.decode(in.bytes(maxBytes).toArray(), maxBytes);
  }

  private static Step readStep(CanonicalReader in) {
    int code = in.u8();
    return Step.of(code).orElseThrow(() -> new CodecException(Reason.BAD_VALUE, "no step " + code));
  }
}
