package org.medseal.ledger.fuzz;

/** What Jazzer calls; the target's name comes as {@code -Dmedseal.fuzz.target}. */
public final class JazzerEntry {
  private static FuzzTarget target;

  private JazzerEntry() {}

  public static void fuzzerInitialize() {
    target = FuzzTargets.named(System.getProperty("medseal.fuzz.target"));
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    target.decode().accept(bytes);
  }
}
