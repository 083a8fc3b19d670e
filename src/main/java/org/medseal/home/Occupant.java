package org.medseal.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whether an instance runs from a home, seen by the lock it holds from its start to its end. */
public final class Occupant {
  private Occupant() {}

  /** Changes nothing; true also of an instance that is still starting, or answers nobody. */
  public static boolean isIn(Home home) {
    Path lock = home.ledger().resolve("lock");
    if (!Files.exists(lock)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
        FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return free == null;
    } catch (OverlappingFileLockException e) {
      return true; // an instance in this process
    } catch (IOException e) {
      throw new HomeException(
          HomeException.Reason.ALREADY_RUNNING,
          "cannot see whether an instance runs: " + lock + ": " + e.getMessage(),
          e);
    }
  }
}
