package org.medseal.pages;

import java.util.regex.Pattern;

/**
 * Paths of this site, and no way out of it: neither a host nor a scheme, a line end or {@code \}.
 */
public final class LocalPath {
  private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[!#-;=?-\\[\\]-~]{0,1999}");

  private LocalPath() {}

  public static boolean is(String path) {
    return LOCAL.matcher(path).matches();
  }

  /** The path itself if local; else the home page. */
  public static String orHome(String path) {
    return is(path) ? path : "/";
  }

  static String of(String path) {
    if (!is(path)) {
      throw new IllegalArgumentException("not a path of this site");
    }
    return path;
  }
}
