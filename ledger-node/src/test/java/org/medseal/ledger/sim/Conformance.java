package org.medseal.ledger.sim;

import static org.medseal.ledger.sim.Law.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.engine.embedded.EngineProbe;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.ProposalMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.VoteMessage;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.sim.Rulebook.Stand;
import org.medseal.ledger.sim.Rulebook.Timer;
import org.medseal.ledger.sim.Rulebook.Word;

/**
 * Holds one correct node to the {@link Rulebook}, step by step: it stands where the rules put it
 * after what it has logged, says nothing else, starts exactly their timers, and takes those blocks
 * for valid that are.
 */
final class Conformance {
  private final SimNode node;
  private final ChainLaw chain;
  private final BlockLaw blocks;
  private final List<Note> notes = new ArrayList<>();
  private final Map<Hash, Block> bodies = new HashMap<>();
  private Optional<Rulebook> book = Optional.empty();
  private Set<Timer> started = new HashSet<>();
  private boolean recovering;

  /** What happened inside a step, in order. */
  private sealed interface Note {
    record Logged(EngineProbe.Logged entry) implements Note {}

    record Began(long height, List<EngineProbe.Logged> entries) implements Note {}

    record Started(TimerId timer) implements Note {}

    record Said(PeerMessage message) implements Note {}
  }

  Conformance(SimNode node, ChainLaw chain, BlockLaw blocks) {
    this.node = node;
    this.chain = chain;
    this.blocks = blocks;
  }

  void logged(byte[] entry) {
    notes.add(new Note.Logged(EngineProbe.read(entry)));
  }

  /** A height begins with these entries of its log; none unless it is begun again. */
  void began(long height, List<byte[]> entries) {
    notes.add(new Note.Began(height, entries.stream().map(EngineProbe::read).toList()));
  }

  void startedTimer(TimerId timer) {
    notes.add(new Note.Started(timer));
  }

  void said(PeerMessage message) {
    notes.add(new Note.Said(message));
  }

  /** After a step of a node that runs. */
  void audit() {
    started = new HashSet<>();
    recovering = false;
    for (Note note : notes) {
      if (note instanceof Note.Began began) {
        begin(began);
      } else if (note instanceof Note.Logged logged) {
        hear(logged.entry());
      } else if (note instanceof Note.Started timer) {
        take(timer.timer());
      } else if (note instanceof Note.Said said) {
        judge(said.message());
      }
    }
    notes.clear();
    book.ifPresent(this::compare);
  }

  /** The node is off: what the step left behind is not heard of again. */
  void forget() {
    notes.clear();
    book = Optional.empty();
  }

  private void begin(Note.Began began) {
    book.flatMap(Rulebook::decision)
        .filter(id -> book.orElseThrow().height() == began.height() - 1)
        .ifPresent(
            id ->
                require(
                    id.equals(chain.id(began.height() - 1)),
                    "rules: " + name() + " decided another block than it heard"));
    bodies.clear();
    started.clear();
    book =
        chain
            .rotation(began.height())
            .map(
                rotation ->
                    new Rulebook(
                        began.height(), chain.indexOf(node.index, began.height()), rotation));
    began.entries().forEach(this::hear);
    recovering |= !began.entries().isEmpty();
  }

  private void hear(EngineProbe.Logged logged) {
    if (book.isEmpty()) {
      return;
    }
    logged.block().ifPresent(block -> bodies.put(Blocks.id(block.header()), block));
    if (logged.event() instanceof Event.ProposalReceived received) {
      judge(received);
    }
    book.get().on(logged.event());
    if (book.get().stand().round() > Rulebook.ROUNDS) {
      book = Optional.empty();
    }
  }

  /** The engine's opinion of a block is the law's. */
  private void judge(Event.ProposalReceived received) {
    Proposal offer = received.proposal();
    Optional<Block> body = Optional.ofNullable(bodies.get(offer.blockId()));
    if (body.isEmpty() || offer.height() != book.orElseThrow().height()) {
      return;
    }
    boolean borrowed = offer.validRound() < 0 && body.get().header().proposer() != offer.proposer();
    Optional<String> fault =
        borrowed ? Optional.of("built by another") : blocks.faultIn(body.get(), offer.height());
    require(
        !received.valid() || fault.isEmpty(),
        "I5: " + name() + " takes for valid what is not: " + fault.orElse(""));
    require(
        received.valid() || fault.isPresent() || !body.get().evidence().isEmpty(),
        "I5: " + name() + " refuses a valid block: " + body.get().header());
  }

  private void take(TimerId timer) {
    Optional<Step> step =
        switch (timer.kind()) {
          case PROPOSE -> Optional.of(Step.PROPOSE);
          case PREVOTE -> Optional.of(Step.PREVOTE);
          case PRECOMMIT -> Optional.of(Step.PRECOMMIT);
          default -> Optional.empty();
        };
    step.filter(each -> book.filter(b -> b.height() == timer.height()).isPresent())
        .ifPresent(each -> started.add(new Timer(each, timer.round())));
  }

  private void judge(PeerMessage message) {
    Optional<Word> word = Optional.empty();
    long height = 0;
    if (message instanceof VoteMessage sent) {
      height = sent.vote().height();
      word = Optional.of(Word.of(sent.vote()));
    } else if (message instanceof ProposalMessage sent) {
      height = sent.proposal().height();
      word = Optional.of(Word.of(sent.proposal()));
    }
    if (word.isPresent() && book.isPresent() && book.get().height() == height) {
      require(book.get().allows(word.get()), "rules: " + name() + " may not say " + word.get());
    }
  }

  private void compare(Rulebook rules) {
    Consensus now = new EngineProbe(node.engine()).consensus();
    List<Timer> wanted = rules.takeTimers();
    if (now.height() != rules.height()) {
      return;
    }
    Stand stand =
        new Stand(
            now.round(),
            now.step(),
            now.lockedRound(),
            now.lockedValue(),
            now.validRound(),
            now.validValue(),
            now.isDecided());
    require(
        stand.equals(rules.stand()),
        "rules: " + name() + " is at " + stand + ", they lead to " + rules.stand());
    require(
        recovering || started.equals(new HashSet<>(wanted)),
        "rules: " + name() + " started timers " + started + " in place of " + wanted);
  }

  private String name() {
    return "node " + node.index;
  }
}
