package org.medseal.ledger.sim;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.EngineLog;
import org.medseal.ledger.engine.embedded.SignRefusedException;
import org.medseal.ledger.engine.embedded.SignState;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.store.LedgerFiles;
import org.medseal.ledger.store.OlderBlocks;

/** One node's disk: the real files of a home on {@link SimFiles}, and the application's state. */
final class SimDisk {
  static final Path HOME = Path.of("/home");
  private static final Path LEDGER = HOME.resolve("ledger");

  final Log log = new Log();
  final Signed signed = new Signed();
  final Silence silence = new Silence();
  final Stored blocks = new Stored();
  final SimApplication.Durable application = new SimApplication.Durable();
  final SimIndex index = new SimIndex();
  private final SimFiles files = new SimFiles();
  private final Random random;
  private Optional<LedgerFiles> opened = Optional.empty();

  SimDisk(Random random) {
    this.random = random;
  }

  void mount(CrashPoints points) {
    files.crashes(points);
  }

  /** Opens what is there; the files' own recovery runs. */
  void open() {
    opened = Optional.of(LedgerFiles.open(HOME, files));
  }

  private LedgerFiles files() {
    if (opened.isEmpty()) {
      open();
    }
    return opened.orElseThrow();
  }

  /** The file system itself. */
  SimFiles raw() {
    return files;
  }

  /** Of the blocks from before the base, as far as they are here. */
  Optional<OlderBlocks> older() {
    return files().blocks().older();
  }

  /** A new disk in the same machine. */
  void wipe() {
    opened = Optional.empty();
    files.forget(HOME);
    application.restore(0, Hash.ZERO, Set.of());
    index.wipe();
    signed.last = new SignState.SignSlot(0, 0, 0);
  }

  /** Returns how many changes were lost or torn; the application may fall back some blocks. */
  int crash() {
    int lost = files.recover(random);
    opened = Optional.empty();
    lost += application.loseLatest(random.nextInt(4) == 0 ? random.nextInt(4) : 0);
    return lost;
  }

  /** What is here now; run, the disk is set back to it. */
  Runnable snapshot() {
    Runnable filesBack = files.snapshot();
    Runnable applicationBack = application.snapshot();
    return () -> {
      opened = Optional.empty();
      filesBack.run();
      applicationBack.run();
    };
  }

  /** Forgets what was said and locked in the present height. */
  void forgetLog() {
    files.recover(random);
    opened = Optional.empty();
    files.forget(LEDGER.resolve("log"));
  }

  /** The last signature would survive a crash now. */
  boolean isSynced() {
    return files.isDurable(LEDGER.resolve("sign-state"));
  }

  /** The write-ahead log. */
  final class Log implements EngineLog {
    private int size;
    private Optional<Conformance> reader = Optional.empty();

    void readBy(Conformance next) {
      reader = Optional.of(next);
    }

    @Override
    public void append(byte[] entry) {
      files().log().append(entry);
      reader.ifPresent(each -> each.logged(entry));
      size++;
    }

    @Override
    public void sync() {
      files().log().sync();
    }

    @Override
    public void startHeight(long next) {
      files().log().startHeight(next);
      reader.ifPresent(each -> each.began(next, List.of()));
      size = 0;
    }

    @Override
    public List<byte[]> entriesSince(long wanted) {
      List<byte[]> entries = files().log().entriesSince(wanted);
      size = entries.size();
      reader.ifPresent(each -> each.began(wanted, entries));
      return entries;
    }

    /** Entries of the present height. */
    int size() {
      return size;
    }
  }

  /** The sign-state. */
  final class Signed implements SignState {
    private SignSlot last = new SignSlot(0, 0, 0);
    private int refused;

    @Override
    public Optional<byte[]> signatureFor(SignSlot slot, byte[] signBytes) {
      try {
        Optional<byte[]> known = files().signState().signatureFor(slot, signBytes);
        known.ifPresent(signature -> last = slot);
        return known;
      } catch (SignRefusedException e) {
        refused++;
        throw e;
      }
    }

    @Override
    public void record(SignSlot slot, byte[] signBytes, byte[] signature) {
      Law.require(files.isDurable(LEDGER.resolve("log")), "I3: signed before the log was synced");
      files().signState().record(slot, signBytes, signature);
      last = slot;
    }

    /** The slot recorded last in this life or one before. */
    SignSlot last() {
      return last;
    }

    /** How often something else was asked for where there is a signature. */
    int refused() {
      return refused;
    }
  }

  /** The mark against signing. */
  final class Silence implements SilenceMark {
    @Override
    public Kind kind() {
      return files().silence().kind();
    }

    @Override
    public void set(Kind next, String reason) {
      files().silence().set(next, reason);
    }
  }

  /** The block segments. */
  final class Stored implements BlockStore {
    @Override
    public long height() {
      return files().blocks().height();
    }

    @Override
    public Optional<StoredBlock> block(long height) {
      return files().blocks().block(height);
    }

    @Override
    public long lowest() {
      return files().blocks().lowest();
    }

    @Override
    public Optional<Base> base() {
      return files().blocks().base();
    }

    @Override
    public Optional<Bytes> outcome(long height) {
      return files().blocks().outcome(height);
    }

    @Override
    public void append(StoredBlock block, Bytes outcome) {
      files().blocks().append(block, outcome);
    }
  }
}
