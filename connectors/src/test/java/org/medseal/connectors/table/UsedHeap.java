package org.medseal.connectors.table;

/** What is alive on the heap, in bytes, after a full collection. */
public final class UsedHeap {
  private UsedHeap() {}

  public static long bytes() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
