package org.medseal.ledger.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.medseal.ledger.app.AppException;
import org.medseal.ledger.app.LedgerApplication;
import org.medseal.ledger.app.SignatureChecks;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.store.BlockSegments;
import org.medseal.ledger.store.JoinedFolder;
import org.medseal.ledger.store.LedgerFiles;
import org.medseal.ledger.store.StoreException;

/**
 * Replays a home's blocks from genesis without trusting anything else in it: block hashes, times,
 * proposer turns, validator sets, commit certificates, evidence, every transaction's signature,
 * receipts, the history and every state root. Changes nothing in the home.
 */
public final class LedgerVerification {
  private LedgerVerification() {}

  /** Up to the first difference; a frame torn by a crash is one too. */
  public static VerificationReport verify(Path home, Genesis genesis) {
    Path folder = temporaryFolder();
    try (H2Index index = H2Index.open(folder);
        SignatureChecks checks = SignatureChecks.standard()) {
      BlockReplay replay =
          new BlockReplay(genesis, new LedgerApplication(genesis, index, checks), index);
      return replay.report(differenceIn(home, replay));
    } finally {
      delete(folder);
    }
  }

  private static Optional<String> differenceIn(Path home, BlockReplay replay) {
    Path segments = LedgerFiles.segments(home);
    if (!Files.isDirectory(segments)) {
      return Optional.of("there are no blocks in " + segments);
    }
    try {
      LedgerFiles.requireWhole(home, Disk.real());
      JoinedFolder.walkOlder(
          home, Disk.real(), (block, outcome) -> replay.execute(block, outcome).isEmpty());
      if (replay.difference().isPresent()) {
        return replay.difference();
      }
      Optional<String> damage =
          BlockSegments.walkWithOutcomes(
              segments, (block, outcome) -> replay.execute(block, outcome).isEmpty());
      return replay
          .difference()
          .or(() -> damage.map(place -> replay.atNextHeight("no intact block in " + place)));
    } catch (AppException | CodecException | StoreException e) {
      return Optional.of(replay.atNextHeight(e.getMessage()));
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("medseal-verify-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
