package org.medseal.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Paths of this site, and no way out of it: neither a host nor a scheme, a line end or {@code \}.
 */
public final class LocalPath {
  private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[!#-;=?-\\[\\]-~]{0,1999}");

  private static final String SIGN_IN = "/sign-in";

  private LocalPath() {}

  public static boolean is(String path) {
    return LOCAL.matcher(path).matches();
  }

  /** The path itself if local; else the home page. */
  public static String orHome(String path) {
    return is(path) ? path : "/";
  }

  /** The page to sign in at; it leads back to that path, if it is no stranger and not too long. */
  public static String signIn(String next) {
    String back = SIGN_IN + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    return !next.equals("/") && is(next) && is(back) ? back : SIGN_IN;
  }

  static String of(String path) {
    if (!is(path)) {
      throw new IllegalArgumentException("not a path of this site");
    }
    return path;
  }
}
