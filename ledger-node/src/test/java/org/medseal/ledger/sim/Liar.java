package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StatusMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VotesRequest;
import org.medseal.ledger.engine.embedded.Voters;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** Stands between an honest engine and the network and lies in its name, each peer apart. */
final class Liar {
  private static final int REMEMBERED = 6;
  private static final long SELECTION_MS = 400;

  private final Set<Lie> lies;
  private final Random random;
  private final Forger forger;
  private final PartLiar parts;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Hash> ids = new ArrayList<>();
  private final Map<String, List<PeerMessage>> settled = new HashMap<>();
  private final Map<String, Hash> offered = new HashMap<>();

  /** What one peer hears, and how much later. */
  record Spoken(PeerMessage message, long laterMs) {}

  Liar(int key, Set<Lie> lies, Random random) {
    this.lies = lies;
    this.random = random;
    this.forger = new Forger(key, random);
    this.parts = new PartLiar(lies, random);
  }

  /** What this peer gets in place of the message. */
  List<Spoken> tell(int to, PeerMessage message, long nowMs) {
    if (lies.contains(Lie.SILENT) || isLeftOut(to, nowMs)) {
      return List.of();
    }
    if (message instanceof SnapshotMessage answer) {
      return parts.tell(answer);
    }
    List<PeerMessage> told = new ArrayList<>();
    if (message instanceof ProposalMessage offer) {
      remember(offer.block());
      Proposal proposal = offer.proposal();
      String slot = "PROPOSAL " + proposal.height() + "/" + proposal.round();
      told.addAll(forger.isOwn(proposal) ? settled(slot, () -> distort(offer)) : List.of(message));
    } else if (message instanceof VoteMessage said) {
      said.vote().blockId().ifPresent(this::remember);
      Vote vote = said.vote();
      String slot = vote.type() + " " + vote.height() + "/" + vote.round();
      told.addAll(forger.isOwn(vote) ? settled(slot, () -> distort(said)) : List.of(message));
    } else {
      told.add(message);
    }
    return told.stream().map(each -> new Spoken(each, delayMs(each))).toList();
  }

  /** In every other slot all peers hear the same, in the rest each peer something else. */
  private List<PeerMessage> settled(String slot, Supplier<List<PeerMessage>> lie) {
    List<PeerMessage> known = settled.computeIfAbsent(slot, key -> firstOf(lie));
    return known.isEmpty() ? lie.get() : known;
  }

  private List<PeerMessage> firstOf(Supplier<List<PeerMessage>> lie) {
    return random.nextBoolean() ? lie.get() : List.of();
  }

  /** What the engine is told lets the liar know blocks and ids worth voting for. */
  void overhear(PeerMessage message) {
    if (message instanceof ProposalMessage offer) {
      remember(offer.block());
      Proposal proposal = offer.proposal();
      offered.put(proposal.height() + "/" + proposal.round(), proposal.blockId());
    }
  }

  private boolean isLeftOut(int to, long nowMs) {
    return lies.contains(Lie.SELECTIVE)
        && (((nowMs / SELECTION_MS + to) * 0x9E3779B97F4A7C15L) >>> 62) == 0;
  }

  private long delayMs(PeerMessage message) {
    boolean kept =
        lies.contains(Lie.DELAYED_VOTES)
            && message instanceof VoteMessage said
            && forger.isOwn(said.vote())
            && random.nextBoolean();
    return kept ? random.nextInt(2_500) : 0;
  }

  private void remember(Block block) {
    remember(Blocks.id(block.header()));
    if (!blocks.contains(block)) {
      blocks.add(block);
      if (blocks.size() > REMEMBERED) {
        blocks.remove(0);
      }
    }
  }

  private void remember(Hash id) {
    if (!ids.contains(id)) {
      ids.add(id);
      if (ids.size() > REMEMBERED) {
        ids.remove(0);
      }
    }
  }

  private List<PeerMessage> distort(VoteMessage message) {
    List<PeerMessage> told = new ArrayList<>();
    Vote vote = message.vote();
    if (lies.contains(Lie.EQUIVOCATE_VOTES)) {
      VoteMessage other = forger.vote(vote, vote.type(), vote.round(), someBlock());
      switch (random.nextInt(5)) {
        case 0 -> told.add(message);
        case 1 -> told.add(other);
        case 2 -> told.addAll(List.of(message, other));
        case 3 -> told.add(forger.vote(vote, vote.type(), vote.round(), Optional.empty()));
        default -> told.add(forger.vote(vote, otherType(vote), vote.round(), someBlock()));
      }
    } else if (lies.contains(Lie.SUPPORT) && vote.blockId().isEmpty()) {
      Hash offer = offered.get(vote.height() + "/" + vote.round());
      told.add(forger.vote(vote, vote.type(), vote.round(), Optional.ofNullable(offer)));
    } else {
      told.add(message);
    }
    if (lies.contains(Lie.FLOOD)) {
      flood(vote, told);
    }
    return told;
  }

  private static VoteType otherType(Vote vote) {
    return vote.type() == VoteType.PREVOTE ? VoteType.PRECOMMIT : VoteType.PREVOTE;
  }

  private void flood(Vote vote, List<PeerMessage> told) {
    for (int i = 0; i < 4; i++) {
      int round = vote.round() + random.nextInt(1 << random.nextInt(31));
      told.add(forger.vote(vote, vote.type(), Math.max(0, round), someBlock()));
      long height = vote.height() + 1 + random.nextInt(1 << random.nextInt(20));
      Vote far = new Vote(vote.type(), height, 0, someBlock(), vote.validator(), Bytes.empty());
      told.add(forger.vote(far));
    }
    someBlock()
        .ifPresent(
            id -> {
              int round = random.nextInt(4);
              told.add(new VotesRequest(vote.height(), round, VoteType.PREVOTE, id, Voters.NONE));
            });
    told.add(new BlocksRequest(1, Long.MAX_VALUE));
    told.add(new BlocksResponse(List.of()));
    long claimed = vote.height() + random.nextInt(5);
    told.add(new StatusMessage(claimed, random.nextInt(1_000), Step.PREVOTE, List.of()));
  }

  private List<PeerMessage> distort(ProposalMessage message) {
    List<PeerMessage> choices = new ArrayList<>(List.of(message));
    Proposal proposal = message.proposal();
    Block block = message.block();
    if (lies.contains(Lie.EQUIVOCATE_PROPOSALS)) {
      ProposalMessage other = forger.offer(proposal, proposal.validRound(), Forger.twin(block));
      choices.add(other);
      if (random.nextInt(3) == 0) {
        remember(other.block());
        return random.nextBoolean() ? List.of(message, other) : List.of(other, message);
      }
    }
    if (lies.contains(Lie.INVALID_BLOCKS)) {
      choices.add(forger.offer(proposal, proposal.validRound(), forger.invalid(block)));
      choices.add(forger.offer(proposal, proposal.validRound(), forger.invalid(block)));
    }
    if (lies.contains(Lie.FALSE_VALID_ROUND)) {
      int since = proposal.round() == 0 ? -1 : random.nextInt(proposal.round());
      choices.add(forger.offer(proposal, since, block));
      choices.add(forger.offer(proposal, since, someOf(proposal.height(), block)));
      choices.add(forger.offer(proposal, -1, someOf(proposal.height(), block)));
    }
    PeerMessage chosen = choices.get(random.nextInt(choices.size()));
    remember(((ProposalMessage) chosen).block());
    return List.of(chosen);
  }

  private Block someOf(long height, Block otherwise) {
    List<Block> known = blocks.stream().filter(each -> each.header().height() == height).toList();
    return known.isEmpty() ? otherwise : known.get(random.nextInt(known.size()));
  }

  private Optional<Hash> someBlock() {
    return ids.isEmpty()
        ? Optional.empty()
        : Optional.of(ids.get(ids.size() - 1 - random.nextInt(Math.min(3, ids.size()))));
  }
}
