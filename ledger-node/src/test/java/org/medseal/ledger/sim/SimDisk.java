package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.EngineLog;
import org.medseal.ledger.engine.embedded.SignRefusedException;
import org.medseal.ledger.engine.embedded.SignState;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.model.Bytes;

/** One node's disk. What was not synced is lost in a crash, all or the last part of it. */
final class SimDisk {
  final Log log = new Log();
  final Signed signed = new Signed();
  final Silence silence = new Silence();
  final Stored blocks = new Stored();
  final SimApplication.Durable application = new SimApplication.Durable();
  private final Random random;
  private CrashPoints crashes = point -> {};

  SimDisk(Random random) {
    this.random = random;
  }

  void mount(CrashPoints points) {
    crashes = points;
  }

  void crash() {
    log.loseUnsynced();
  }

  /** The write-ahead log. */
  final class Log implements EngineLog {
    private final List<byte[]> entries = new ArrayList<>();
    private long height;
    private int synced;
    private long syncedHeight;

    @Override
    public void append(byte[] entry) {
      crashes.at("before append");
      entries.add(entry);
    }

    @Override
    public void sync() {
      crashes.at("before sync");
      synced = entries.size();
      syncedHeight = height;
      crashes.at("after sync");
    }

    @Override
    public void startHeight(long next) {
      entries.clear();
      synced = 0;
      height = next;
    }

    @Override
    public List<byte[]> entriesSince(long wanted) {
      return wanted == height ? List.copyOf(entries) : List.of();
    }

    boolean isSynced() {
      return synced == entries.size() && height == syncedHeight;
    }

    int size() {
      return entries.size();
    }

    private void loseUnsynced() {
      int kept = synced + random.nextInt(entries.size() - synced + 1);
      entries.subList(kept, entries.size()).clear();
      synced = kept;
      syncedHeight = height;
    }
  }

  /** The sign-state. */
  final class Signed implements SignState {
    private Optional<SignSlot> last = Optional.empty();
    private byte[] lastBytes = {};
    private byte[] lastSignature = {};

    @Override
    public Optional<byte[]> signatureFor(SignSlot slot, byte[] signBytes) {
      if (last.isEmpty() || slot.compareTo(last.get()) > 0) {
        return Optional.empty();
      }
      if (slot.equals(last.get()) && Arrays.equals(signBytes, lastBytes)) {
        return Optional.of(lastSignature);
      }
      throw new SignRefusedException("slot " + slot + " after " + last.get());
    }

    @Override
    public void record(SignSlot slot, byte[] signBytes, byte[] signature) {
      crashes.at("before sign-state");
      signatureFor(slot, signBytes);
      last = Optional.of(slot);
      lastBytes = signBytes;
      lastSignature = signature;
      crashes.at("after sign-state");
    }
  }

  /** The mark against signing. */
  static final class Silence implements SilenceMark {
    private Kind kind = Kind.NONE;

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public void set(Kind next, String reason) {
      kind = next;
    }
  }

  /** The block segments. */
  final class Stored implements BlockStore {
    private final List<StoredBlock> blocks = new ArrayList<>();
    private final List<Bytes> outcomes = new ArrayList<>();

    @Override
    public long height() {
      return blocks.size();
    }

    @Override
    public Optional<StoredBlock> block(long height) {
      return height < 1 || height > blocks.size()
          ? Optional.empty()
          : Optional.of(blocks.get((int) height - 1));
    }

    @Override
    public Optional<Bytes> outcome(long height) {
      return height < 1 || height > outcomes.size()
          ? Optional.empty()
          : Optional.of(outcomes.get((int) height - 1));
    }

    @Override
    public void append(StoredBlock block, Bytes outcome) {
      crashes.at("before block");
      if (block.height() != blocks.size() + 1) {
        throw new AssertionError("block " + block.height() + " after " + blocks.size());
      }
      blocks.add(block);
      outcomes.add(outcome);
      crashes.at("after block");
    }
  }
}
