package org.medseal.bench.fuzz;

/** What a reader got wrong without throwing. */
final class Finding extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Finding(String what) {
    super(what);
  }

  static void unless(boolean held, String what) {
    if (!held) {
      throw new Finding(what);
    }
  }
}
