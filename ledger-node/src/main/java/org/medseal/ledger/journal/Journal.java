package org.medseal.ledger.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.medseal.ledger.journal.JournalException.Reason;

/**
 * Frames in numbered files of one folder, written by one process. A position counts bytes of frames
 * since the journal began, over all files. All methods from any thread; an I/O error while writing
 * closes the journal for good, because what is on disk is then unknown.
 */
public final class Journal implements AutoCloseable {
  /** Below it a copy behind the frame's head costs less than a second call of the system. */
  private static final int COPIED_BYTES = 32 << 10;

  private final Disk disk;
  private final Path folder;
  private final JournalOptions options;
  private final AutoCloseable lock;

  /** Held while syncing; taken before {@link #writing}. */
  private final Object syncing = new Object();

  private final Object writing = new Object();
  private final TreeMap<Long, Path> files; // by first position
  private final OpenFiles reading;
  private DiskFile tail;
  private long end;
  private boolean marked;
  private boolean closed;
  private Optional<JournalException> failure = Optional.empty();
  private volatile long durable;

  private Journal(Disk disk, Path folder, JournalOptions options, AutoCloseable lock)
      throws IOException {
    this.disk = disk;
    this.folder = folder;
    this.options = options;
    this.lock = lock;
    this.reading = new OpenFiles(disk);
    Recovery.Recovered recovered = new Recovery(disk, folder, options).run();
    files = recovered.files();
    tail = recovered.tail();
    end = recovered.end();
    durable = end;
    marked = recovered.marked();
  }

  /** Called with each frame in order. */
  @FunctionalInterface
  public interface Visitor {
    void visit(long position, int type, byte[] payload);
  }

  /**
   * Opens or creates. A torn tail is cut; damage before it is a JournalException DAMAGED naming
   * file and offset; LOCKED if another instance has the folder.
   */
  public static Journal open(Path folder, JournalOptions options) {
    return open(folder, options, Disk.real());
  }

  public static Journal open(Path folder, JournalOptions options, Disk disk) {
    AutoCloseable lock;
    try {
      disk.createFolder(folder);
      lock = disk.lock(folder.resolve("lock"));
    } catch (IOException e) {
      throw new JournalException(Reason.WRITE_FAILED, "cannot use folder " + folder, e);
    }
    try {
      return new Journal(disk, folder, options, lock);
    } catch (IOException e) {
      release(lock);
      throw new JournalException(Reason.READ_FAILED, "cannot open the journal in " + folder, e);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  /** The frame's position. Not durable before {@link #sync} or {@link #syncThrough} returns. */
  public long append(int type, byte[] payload) {
    if (type < 1 || type > 255) {
      throw new IllegalArgumentException("frame type must be 1 to 255, is " + type);
    }
    if (payload.length > options.maxFrameBytes()) {
      throw new JournalException(
          Reason.TOO_LARGE,
          "frame of " + payload.length + " bytes; the limit is " + options.maxFrameBytes());
    }
    while (true) {
      synchronized (writing) {
        requireOpen();
        if (!isFull(payload.length)) {
          return write(type, payload);
        }
      }
      rollIf(() -> isFull(payload.length));
    }
  }

  /** What is appended from now on stands in a new file, unless the present one is empty. */
  public void roll() {
    rollIf(() -> end > files.lastKey());
  }

  /** Everything appended before the call is durable when it returns. */
  public void sync() {
    syncThrough(endPosition() - 1);
  }

  /** The frame at this position is durable when it returns; callers share syncs. */
  public void syncThrough(long position) {
    if (durable > position) {
      return;
    }
    synchronized (syncing) {
      if (durable > position) {
        return;
      }
      DiskFile file;
      long target;
      synchronized (writing) {
        requireOpen();
        file = tail;
        target = end;
      }
      try {
        file.sync();
      } catch (IOException e) {
        throw fail(Reason.SYNC_FAILED, e);
      }
      durable = target;
    }
  }

  /** Every kept frame at or after the position that has been appended before the call. */
  public void replay(long fromPosition, Visitor visitor) {
    replay(fromPosition, Long.MAX_VALUE, visitor);
  }

  /** The same up to a position at which a file begins. */
  public void replay(long fromPosition, long untilFile, Visitor visitor) {
    TreeMap<Long, Path> snapshot;
    long until;
    synchronized (writing) {
      requireOpen();
      snapshot = new TreeMap<>(files);
      until = end;
    }
    if (untilFile != Long.MAX_VALUE && !snapshot.containsKey(untilFile)) {
      throw new IllegalArgumentException("no file of the journal begins at " + untilFile);
    }
    Long start = snapshot.floorKey(fromPosition);
    for (Map.Entry<Long, Path> file :
        (start == null ? snapshot : snapshot.tailMap(start)).entrySet()) {
      Long next = snapshot.higherKey(file.getKey());
      if (file.getKey() >= untilFile) {
        return;
      }
      replayFile(file, next == null ? until : next, fromPosition, visitor);
    }
  }

  /** JournalException NO_SUCH_FRAME if nothing begins there any more or yet. */
  public Frame read(long position) {
    Map.Entry<Long, Path> file;
    long until;
    synchronized (writing) {
      requireOpen();
      file = files.floorEntry(position);
      Long next = files.higherKey(position);
      until = next == null ? end : next;
    }
    if (file == null || position >= until) {
      throw new JournalException(
          Reason.NO_SUCH_FRAME, "position " + position + " is not in the journal in " + folder);
    }
    long limit = until - file.getKey() + FileHeader.BYTES;
    try {
      return reading.reading(
          file.getValue(),
          open -> {
            FrameScanner scanner = FrameScanner.random(open, file.getKey(), limit, options);
            scanner.seek(position);
            return scanner
                .next()
                .filter(frame -> frame.type() != FrameCodec.TYPE_CLOSED)
                .orElseThrow(
                    () ->
                        Recovery.damaged(
                            file.getValue(), scanner.offset(), "no intact frame here"));
          });
    } catch (IOException e) {
      throw new JournalException(Reason.READ_FAILED, "cannot read " + file.getValue(), e);
    }
  }

  /** Deletes the files that hold nothing at or after the position. */
  public void dropBefore(long position) {
    synchronized (syncing) {
      synchronized (writing) {
        requireOpen();
        try {
          while (files.size() > 1 && files.higherKey(files.firstKey()) <= position) {
            Path oldest = files.pollFirstEntry().getValue();
            reading.forget(oldest);
            disk.delete(oldest);
            disk.syncFolder(folder); // one by one, so that a crash leaves no gap
          }
        } catch (IOException e) {
          throw fail(Reason.WRITE_FAILED, e);
        }
      }
    }
  }

  /** First positions of the files, ascending; the last file is the one written to. */
  public List<Long> fileStarts() {
    synchronized (writing) {
      return List.copyOf(files.keySet());
    }
  }

  /** First position that is kept. */
  public long firstPosition() {
    synchronized (writing) {
      return files.firstKey();
    }
  }

  /** Position the next frame gets at the earliest. */
  public long endPosition() {
    synchronized (writing) {
      return end;
    }
  }

  /** Syncs, marks the orderly end and frees the folder; JournalException if that fails. */
  @Override
  public void close() {
    synchronized (syncing) {
      synchronized (writing) {
        if (closed) {
          return;
        }
        try {
          tail.sync();
          durable = end;
          if (!marked) {
            write(FrameCodec.TYPE_CLOSED, new byte[0]);
            tail.sync();
          }
        } catch (IOException e) {
          throw fail(Reason.SYNC_FAILED, e);
        }
        shut();
      }
    }
  }

  private boolean isFull(int payloadBytes) {
    long held = end - files.lastKey();
    return held > 0 && held + FrameCodec.HEAD_BYTES + payloadBytes > options.fileBytes();
  }

  private long write(int type, byte[] payload) {
    long position = end;
    long at = position - files.lastKey() + FileHeader.BYTES;
    try {
      if (payload.length < COPIED_BYTES) {
        tail.write(at, FrameCodec.encode(position, type, durable, payload));
      } else {
        tail.write(at, FrameCodec.head(position, type, durable, payload));
        tail.write(at + FrameCodec.HEAD_BYTES, payload);
      }
    } catch (IOException e) {
      throw fail(Reason.WRITE_FAILED, e);
    }
    end = position + FrameCodec.HEAD_BYTES + payload.length;
    marked = type == FrameCodec.TYPE_CLOSED;
    return position;
  }

  private void rollIf(BooleanSupplier wanted) {
    synchronized (syncing) {
      synchronized (writing) {
        requireOpen();
        if (!wanted.getAsBoolean()) {
          return;
        }
        try {
          tail.sync();
          durable = end;
          Path file = folder.resolve(FileHeader.fileName(end));
          DiskFile next = Recovery.createFile(disk, file, end);
          tail.close();
          tail = next;
          files.put(end, file);
        } catch (IOException e) {
          throw fail(Reason.SYNC_FAILED, e);
        }
      }
    }
  }

  private void replayFile(
      Map.Entry<Long, Path> file, long until, long fromPosition, Visitor visitor) {
    long limit = until - file.getKey() + FileHeader.BYTES;
    try (DiskFile open = disk.openForReading(file.getValue())) {
      FrameScanner scanner = FrameScanner.sequential(open, file.getKey(), limit, options);
      while (!scanner.atEnd()) {
        long offset = scanner.offset();
        Frame frame =
            scanner
                .next()
                .orElseThrow(
                    () -> Recovery.damaged(file.getValue(), offset, "no intact frame here"));
        if (frame.position() >= fromPosition && frame.type() != FrameCodec.TYPE_CLOSED) {
          visitor.visit(frame.position(), frame.type(), frame.payload());
        }
      }
    } catch (IOException e) {
      throw new JournalException(Reason.READ_FAILED, "cannot read " + file.getValue(), e);
    }
  }

  private void requireOpen() {
    if (failure.isPresent()) {
      throw new JournalException(
          Reason.CLOSED,
          "the journal in " + folder + " was closed by an earlier error",
          failure.get());
    }
    if (closed) {
      throw new JournalException(Reason.CLOSED, "the journal in " + folder + " is closed");
    }
  }

  private JournalException fail(Reason reason, IOException cause) {
    JournalException exception =
        new JournalException(
            reason,
            "cannot write to the journal in "
                + folder
                + " ("
                + cause.getMessage()
                + "); it is closed",
            cause);
    synchronized (writing) {
      if (failure.isEmpty()) {
        failure = Optional.of(exception);
      }
      shut();
    }
    return exception;
  }

  private void shut() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      reading.close();
      tail.close();
    } catch (IOException e) {
      failure.ifPresent(
          f -> f.addSuppressed(e)); // content is synced, or the failure is told already
    }
    release(lock);
  }

  private static void release(AutoCloseable lock) {
    try {
      lock.close();
    } catch (Exception e) {
      throw new JournalException(Reason.WRITE_FAILED, "cannot release the journal's lock", e);
    }
  }
}
