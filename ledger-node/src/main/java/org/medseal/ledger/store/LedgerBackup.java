package org.medseal.ledger.store;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.LedgerRules;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * Copies of a home's genesis and decided blocks in one file. Never in it: keys, sign-state and
 * engine log, so that no copy of a backup can sign; the index, which is rebuilt.
 */
public final class LedgerBackup {
  private final Disk disk;

  private LedgerBackup(Disk disk) {
    this.disk = disk;
  }

  /**
   * What was copied.
   *
   * @param height of the last block; 0 without any
   * @param blockId of that block
   */
  public record Summary(Path file, long height, Optional<Hash> blockId) {}

  /**
   * Of a node that runs or not: every block decided before the call is in it. An existing target is
   * not overwritten.
   *
   * @param out a new file, or a folder in which a file named by the height is made
   * @throws StoreException DAMAGED if the blocks are not intact, WRITE_FAILED if there is no room,
   *     OUT_OF_ORDER if the node joined by a snapshot and still lacks the blocks before
   */
  public static Summary write(Path home, Path out) {
    return new LedgerBackup(Disk.real()).copy(home.toAbsolutePath(), out.toAbsolutePath());
  }

  private Summary copy(Path home, Path out) {
    Path genesis = home.resolve("genesis.json");
    Path segments = LedgerFiles.segments(home);
    boolean folder = Files.isDirectory(out);
    Path part = folder ? out.resolve("ledger.backup.part") : Path.of(out + ".part");
    RestoreMark.requireNone(home, disk);
    try {
      if (!folder && Files.exists(out)) {
        throw new StoreException(Reason.WRITE_FAILED, out + " exists; a backup overwrites nothing");
      }
      Links links = new Links();
      try (FileOutputStream file = new FileOutputStream(part.toFile());
          BufferedOutputStream buffered = new BufferedOutputStream(file, 1 << 16)) {
        BackupFile.Writer writer = new BackupFile.Writer(buffered);
        writer.rules(RulesMark.of(home, disk, LedgerRules.NUMBER).number());
        writer.genesis(Files.readAllBytes(genesis));
        JoinedFolder.walkOlder(
            home,
            disk,
            (block, outcome) -> copy(BlockSegments.frame(block, outcome), links, writer));
        if (Files.isDirectory(segments)) {
          BlockSegments.walkFrames(segments, disk, frame -> copy(frame, links, writer));
        }
        writer.finish();
        file.getFD().sync();
      }
      Path target = folder ? out.resolve("ledger-" + links.height + ".backup") : out;
      disk.move(part, target);
      disk.syncFolder(target.getParent());
      return new Summary(target, links.height, links.blockId);
    } catch (UncheckedIOException | IOException e) {
      throw new StoreException(
          Reason.WRITE_FAILED, "cannot write the backup " + out + ": " + e.getMessage(), e);
    }
  }

  /** True, for there is more. */
  private static boolean copy(byte[] frame, Links links, BackupFile.Writer writer) {
    links.follow(frame);
    try {
      writer.block(frame);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Into a home without blocks and log. The validator of this home is silent from now on, see ADR
   * 012. A genesis that is there must be the same; without one the backup's is put there. A home
   * into which only a part of the backup came is opened by nobody afterwards.
   *
   * @param prepare done after the backup was found to be whole, before anything is written
   * @throws StoreException DAMAGED if the backup is not whole or not one chain, OTHER_VERSION if
   *     this MedSeal does not know its format or its rules, OUT_OF_ORDER if the home is not one to
   *     restore into, LOCKED if a node runs in it
   */
  public static Summary restore(Path home, Path from, Runnable prepare) {
    return new LedgerBackup(Disk.real())
        .fill(home.toAbsolutePath(), from.toAbsolutePath(), prepare);
  }

  private Summary fill(Path home, Path from, Runnable prepare) {
    Links checked = new Links();
    BackupFile.read(from, new Checking(home, from, checked));
    prepare.run();
    try (LedgerFiles files = LedgerFiles.openForRestore(home, disk)) {
      RestoreMark mark = RestoreMark.set(home, disk);
      files.silence().set(SilenceMark.Kind.SILENT, "restored from a backup of " + checked);
      BackupFile.read(from, new Filling(home, files, disk));
      mark.remove();
    } catch (IOException e) {
      throw new StoreException(
          Reason.WRITE_FAILED, "cannot restore into " + home + ": " + e.getMessage(), e);
    }
    return new Summary(from, checked.height, checked.blockId);
  }

  private record Checking(Path home, Path from, Links links) implements BackupFile.Contents {
    @Override
    public void rules(int number) {
      if (number < LedgerRules.FIRST || number > LedgerRules.NUMBER) {
        throw new StoreException(
            Reason.OTHER_VERSION,
            "the backup "
                + from
                + " is of ledger rules "
                + Integer.toUnsignedString(number)
                + " and this MedSeal judges by rules "
                + LedgerRules.NUMBER
                + ": restore it with the MedSeal that wrote it");
      }
    }

    @Override
    public void genesis(byte[] json) throws IOException {
      Path own = home.resolve("genesis.json");
      if (Files.exists(own) && !Arrays.equals(Files.readAllBytes(own), json)) {
        throw new StoreException(
            Reason.OUT_OF_ORDER, "the backup is of another genesis than " + own);
      }
    }

    @Override
    public void block(byte[] frame) {
      links.follow(frame);
    }
  }

  private record Filling(Path home, LedgerFiles files, Disk disk) implements BackupFile.Contents {
    @Override
    public void rules(int number) {
      files.rules().set(number);
    }

    @Override
    public void genesis(byte[] json) throws IOException {
      Path own = home.resolve("genesis.json");
      if (!Files.exists(own)) {
        SmallFile.replace(disk, own, json);
      }
    }

    @Override
    public void block(byte[] frame) {
      files.blocks().appendFrame(frame);
    }
  }

  /** Each block's hash is the next one's parent, and its certificate is for it. */
  private static final class Links {
    private long height;
    private Optional<Hash> blockId = Optional.empty();

    void follow(byte[] frame) {
      StoredBlock stored;
      try {
        stored = BlockSegments.block(frame);
      } catch (CodecException e) {
        throw new StoreException(Reason.DAMAGED, "the block after " + this + " is damaged", e);
      }
      Hash id = Blocks.id(stored.block().header());
      boolean follows =
          stored.height() == height + 1
              && stored.certificate().blockId().equals(id)
              && blockId.map(each -> each.equals(stored.block().header().parent())).orElse(true);
      if (!follows) {
        throw new StoreException(
            Reason.DAMAGED, "block " + stored.height() + " does not follow " + this);
      }
      height = stored.height();
      blockId = Optional.of(id);
    }

    @Override
    public String toString() {
      return "height " + height;
    }
  }
}
