package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.model.Block;

/**
 * An event as the log keeps it, with everything that was judged by the local clock, so that
 * replaying gives the same state. A block's body is kept with its first mention.
 */
record LogEntry(Event event, Optional<Block> block) {
  private static final int STARTED = 1;
  private static final int PROPOSAL = 2;
  private static final int VOTE = 3;
  private static final int PROPOSED = 4;
  private static final int TIMED_OUT = 5;

  byte[] encode() {
    CanonicalWriter out = new CanonicalWriter();
    if (event instanceof Event.Started) {
      out.u8(STARTED);
    } else if (event instanceof Event.ProposalReceived received) {
      Votes.writeProposal(out.u8(PROPOSAL), received.proposal());
      out.flag(received.valid()).flag(received.timely());
    } else if (event instanceof Event.VoteReceived received) {
      Votes.writeVote(out.u8(VOTE), received.vote());
    } else if (event instanceof Event.Proposed proposed) {
      out.u8(PROPOSED).u32(proposed.round()).hash(proposed.blockId());
    } else if (event instanceof Event.TimedOut timedOut) {
      out.u8(TIMED_OUT).u64(timedOut.height()).u32(timedOut.round());
      out.u8(timedOut.step().code());
    }
    return out.optional(block, (each, body) -> each.bytes(Blocks.encode(body))).toByteArray();
  }

  static LogEntry decode(byte[] bytes) {
    CanonicalReader in = new CanonicalReader(bytes);
    Event event = readEvent(in);
    Optional<Block> block =
        in.optional(each -> Blocks.decode(each.bytes(bytes.length).toArray(), bytes.length));
    in.end();
    return new LogEntry(event, block);
  }

  private static Event readEvent(CanonicalReader in) {
    int kind = in.u8();
    return switch (kind) {
      case STARTED -> new Event.Started();
      case PROPOSAL -> new Event.ProposalReceived(Votes.readProposal(in), in.flag(), in.flag());
      case VOTE -> new Event.VoteReceived(Votes.readVote(in));
      case PROPOSED -> new Event.Proposed(in.u32(), in.hash());
      case TIMED_OUT -> new Event.TimedOut(in.u64(), in.u32(), step(in.u8()));
      default -> throw new CodecException(Reason.BAD_VALUE, "unknown log entry " + kind);
    };
  }

  private static Step step(int code) {
    return Step.of(code).orElseThrow(() -> new CodecException(Reason.BAD_VALUE, "no step " + code));
  }
}
