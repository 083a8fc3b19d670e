package org.medseal.ledger.engine.embedded;

import org.medseal.ledger.engine.embedded.PeerMessage.BlocksRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.BlocksResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.OfferMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StatusMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.StemMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.TransactionsMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VotesRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.WantMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessRequest;

/**
 * What peers say, sorted by what it is about. Whatever no honest node sends costs its sender the
 * connection; what costs this node work is allowed so often.
 */
final class Hearing {
  private final Parts parts;
  private final Peers peers;
  private final VoteGossip votes;
  private final BlockSync sync;
  private final TransactionGossip transactions;
  private final Reoffers reoffers;
  private final LevelWatch level;
  private final Heights heights;

  Hearing(Parts parts, Heights.Hearers about, VoteGossip votes, Heights heights) {
    this.parts = parts;
    this.peers = about.peers();
    this.votes = votes;
    this.sync = about.sync();
    this.transactions = about.transactions();
    this.reoffers = about.reoffers();
    this.level = about.level();
    this.heights = heights;
  }

  void hear(int peer, PeerMessage message) {
    PeerState state = peers.get(peer);
    long nowMs = parts.environment().monotonicMs();
    state.seen(nowMs);
    if (state.isBanned(nowMs)) {
      return; // what it sent before costs no more checks
    }
    if (message instanceof ProposalMessage || message instanceof VoteMessage) {
      takePart(peer, message);
    } else if (message instanceof StatusMessage status) {
      onStatus(peer, status);
    } else if (message instanceof VotesRequest request) {
      if (state.mayAsk(nowMs)) {
        votes.answer(peer, request, driver());
      }
    } else if (message instanceof BlocksRequest request) {
      if (state.mayAsk(nowMs)) {
        parts.environment().send(peer, BlockAnswers.of(request, parts.environment().blocks()));
      }
    } else if (message instanceof BlocksResponse response) {
      onBlocks(peer, response);
    } else if (message instanceof WitnessRequest request) {
      if (state.mayAsk(nowMs)) {
        parts.environment().send(peer, testimony(request));
      }
    } else if (message instanceof WitnessAnswer answer) {
      if (!parts.gate().answered(peer, answer)) {
        sync.ban(peer);
      }
    } else {
      onTransactions(peer, message);
    }
  }

  private WitnessAnswer testimony(WitnessRequest request) {
    return SigningGate.answer(request, parts.chain().state().validators(), driver());
  }

  /** With validators that may have left long ago nothing is decided, nor learnt from them. */
  private void takePart(int peer, PeerMessage message) {
    if (!parts.mayDecide()) {
      return;
    }
    long height = heightOf(message);
    long current = driver().consensus().height();
    if (height == current + 1) {
      peers.get(peer).keepEarly(message);
    } else if (height == current && !deliver(message)) {
      sync.ban(peer);
    } else if (height > current + 1) {
      onFarAhead(peer, height);
    } else if (height == current - 1
        && message instanceof VoteMessage vote
        && !parts.chain().late(vote.vote(), parts.signatures())) {
      sync.ban(peer);
    }
  }

  /** Whoever decides a height claims to have the ones before; under load statuses are rare. */
  private void onFarAhead(int peer, long height) {
    PeerState state = peers.get(peer);
    state.claimsAtLeast(height - 1);
    sync.consider(driver());
  }

  private static long heightOf(PeerMessage message) {
    return message instanceof ProposalMessage proposal
        ? proposal.proposal().height()
        : ((VoteMessage) message).vote().height();
  }

  private boolean deliver(PeerMessage message) {
    return message instanceof ProposalMessage proposal
        ? driver().receive(proposal.proposal(), proposal.block())
        : driver().receive(((VoteMessage) message).vote());
  }

  private void onStatus(int peer, StatusMessage status) {
    PeerState state = peers.get(peer);
    long nowMs = parts.environment().monotonicMs();
    if (!state.mayAsk(nowMs)) {
      return;
    }
    if (!state.claims(status.height() - 1, nowMs)) {
      sync.ban(peer);
      return;
    }
    state.tells(status.round(), status.step());
    state.holdsFrom(status.lowest());
    level.look();
    long current = driver().consensus().height();
    if (status.height() == current) {
      votes.answer(peer, status, driver());
    } else if (status.height() < current) {
      parts.environment().send(peer, votes.status(driver()));
    }
    sync.consider(driver());
  }

  private void onBlocks(int peer, BlocksResponse response) {
    if (!sync.received(peer, response)) {
      sync.ban(peer);
    }
    sync.consider(driver()); // ahead of the work, so that answers come meanwhile
    heights.move();
    sync.consider(driver());
  }

  private void onTransactions(int peer, PeerMessage message) {
    PeerState state = peers.get(peer);
    long nowMs = parts.environment().monotonicMs();
    boolean honest = true;
    if (message instanceof TransactionsMessage offered) {
      honest = transactions.receive(peer, offered);
    } else if (message instanceof StemMessage handedOn) {
      honest = transactions.receive(peer, handedOn);
    } else if (state.mayAsk(nowMs)) {
      if (message instanceof OfferMessage offer) {
        reoffers.receive(peer, offer);
      } else if (message instanceof WantMessage want) {
        reoffers.receive(peer, want);
      }
    }
    if (!honest) {
      sync.ban(peer);
    }
  }

  /** What was about the height after the one being decided then. */
  void hearEarly() {
    long nowMs = parts.environment().monotonicMs();
    for (int peer = 0; peer < peers.size(); peer++) {
      PeerState state = peers.get(peer);
      for (PeerMessage early : state.takeEarly()) {
        if (!state.isBanned(nowMs)) {
          takePart(peer, early);
        }
      }
    }
  }

  private HeightDriver driver() {
    return heights.driver();
  }
}
