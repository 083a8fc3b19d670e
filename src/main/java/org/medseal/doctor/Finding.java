package org.medseal.doctor;

/**
 * What an examination of a home found.
 *
 * @param check what was looked at, such as {@code disk}
 * @param words what is so, and where it is not well what to do
 */
public record Finding(String check, Level level, String words) {
  /** FAIL is what keeps an institution from running as it should. */
  public enum Level {
    OK,
    WARN,
    FAIL
  }

  public static Finding ok(String check, String words) {
    return new Finding(check, Level.OK, words);
  }

  public static Finding warn(String check, String words) {
    return new Finding(check, Level.WARN, words);
  }

  public static Finding fail(String check, String words) {
    return new Finding(check, Level.FAIL, words);
  }
}
