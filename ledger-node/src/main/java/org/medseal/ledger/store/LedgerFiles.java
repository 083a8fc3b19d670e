package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.model.LedgerRules;
import org.medseal.ledger.store.StoreException.Reason;

/** Everything under {@code <home>/ledger}, held by one running instance: one key, one signer. */
public final class LedgerFiles implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final EngineJournal log;
  private final SignStateFile signState;
  private final SilenceFile silence;
  private final RulesMark rules;
  private final BlockSegments blocks;

  private LedgerFiles(Path home, Disk disk, int ownRules) {
    Path folder = home.toAbsolutePath().resolve("ledger");
    try {
      opened.push(lock(folder, disk));
      RestoreMark.requireNone(home, disk);
      rules = RulesMark.open(home, disk, ownRules);
      signState = SignStateFile.open(folder.resolve("sign-state"), disk);
      silence = SilenceFile.open(folder.resolve("silent"), disk);
      log = EngineJournal.open(folder.resolve("log"), disk);
      opened.push(log);
      blocks = BlockSegments.open(segments(home), disk, joined(home, disk), rules::raise);
      opened.push(blocks);
      if (!signState.exists()) {
        requireUnused(folder);
        signState.initialize();
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** StoreException OUT_OF_ORDER in a home into which only a part of a backup came. */
  public static void requireWhole(Path home, Disk disk) {
    RestoreMark.requireNone(home, disk);
  }

  private static BlockSegments.Joined joined(Path home, Disk disk) {
    Path older = JoinedFolder.older(JoinedFolder.joined(home));
    Optional<Base> base = JoinedFolder.base(home, disk);
    return new BlockSegments.Joined(
        base, base.map(each -> OlderBlocks.open(older, disk, each.height())));
  }

  /** Whoever signs without knowing what it has signed may contradict itself. */
  private void requireUnused(Path folder) {
    if (blocks.height() > 0 || !log.isEmpty()) {
      throw new StoreException(
          Reason.DAMAGED,
          "the sign-state "
              + folder.resolve("sign-state")
              + " is missing while there are blocks or a log beside it: put the file back");
    }
  }

  /** Where the blocks of a home are. */
  public static Path segments(Path home) {
    return home.toAbsolutePath().resolve("ledger").resolve("segments");
  }

  /**
   * StoreException LOCKED if the home is in use, DAMAGED if a file of it is missing or torn,
   * OTHER_VERSION if its blocks were decided under newer rules, OUT_OF_ORDER if a restore into it
   * was cut short.
   */
  public static LedgerFiles open(Path home, Disk disk) {
    return open(home, disk, LedgerRules.NUMBER);
  }

  /**
   * The same.
   *
   * @param ownRules number of the rules that blocks appended here are decided under
   */
  public static LedgerFiles open(Path home, Disk disk, int ownRules) {
    return new LedgerFiles(home, disk, ownRules);
  }

  /** The same of a home that has neither blocks nor log: OUT_OF_ORDER otherwise. */
  static LedgerFiles openForRestore(Path home, Disk disk) {
    LedgerFiles files = open(home, disk);
    if (files.blocks.height() > 0 || !files.log.isEmpty()) {
      files.close();
      throw new StoreException(
          Reason.OUT_OF_ORDER,
          "there is a ledger in " + home + " already: move its folder ledger away first");
    }
    return files;
  }

  public EngineJournal log() {
    return log;
  }

  public SignStateFile signState() {
    return signState;
  }

  /** Whether an older disk or a second copy of the key has been noticed. */
  public SilenceFile silence() {
    return silence;
  }

  /** Under which rules the blocks were decided. */
  public RulesMark rules() {
    return rules;
  }

  public BlockSegments blocks() {
    return blocks;
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        RuntimeException next =
            e instanceof RuntimeException r
                ? r
                : new StoreException(Reason.WRITE_FAILED, "cannot close the ledger's files", e);
        if (failure == null) {
          failure = next;
        } else {
          failure.addSuppressed(next);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static AutoCloseable lock(Path folder, Disk disk) {
    try {
      disk.createFolder(folder);
      return disk.lock(folder.resolve("lock"));
    } catch (JournalException e) {
      throw new StoreException(
          Reason.LOCKED,
          "another MedSeal is running in " + folder.getParent() + ": stop it first",
          e);
    } catch (IOException e) {
      throw new StoreException(Reason.WRITE_FAILED, "cannot use folder " + folder, e);
    }
  }
}
