package org.medseal.bench.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The most processor time and the most memory that one input took; of one thread. */
final class Largest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MOST_NANOS = 10_000_000_000L;
  private static final long MOST_BYTES = 1L << 30;

  private long nanos;
  private long bytes;
  private long nanosBefore;
  private long bytesBefore;

  void begin() {
    bytesBefore = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    nanosBefore = THREADS.getCurrentThreadCpuTime();
  }

  /** Finding where one input took what no message may. */
  void end() {
    long tookNanos = THREADS.getCurrentThreadCpuTime() - nanosBefore;
    long tookBytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytesBefore;
    nanos = Math.max(nanos, tookNanos);
    bytes = Math.max(bytes, tookBytes);
    Finding.unless(tookNanos <= MOST_NANOS, "took " + tookNanos / 1_000_000 + " ms");
    Finding.unless(tookBytes <= MOST_BYTES, "allocated " + tookBytes + " bytes");
  }

  void add(Largest other) {
    nanos = Math.max(nanos, other.nanos);
    bytes = Math.max(bytes, other.bytes);
  }

  long millis() {
    return nanos / 1_000_000;
  }

  long kibibytes() {
    return bytes >> 10;
  }
}
