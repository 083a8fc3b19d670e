package org.medseal.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.medseal.crypto.Digests;
import org.medseal.crypto.LengthPrefixed;

/**
 * What a form of a signed-in browser must carry besides its cookie: HMAC-SHA-256 under the session
 * token itself, 43 characters of base64url. Whoever cannot read the cookie cannot know it, it tells
 * nothing of the token, and it holds as long as the session, a restart included.
 */
public final class Csrf {
  private static final byte[] PURPOSE = LengthPrefixed.bytes("medseal-csrf-v1");

  private Csrf() {}

  public static String of(String sessionToken) {
    byte[] key = sessionToken.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.hmacSha256(key, PURPOSE));
  }

  /** Constant time in what was given; anything else, empty included, is false. */
  public static boolean matches(String sessionToken, String given) {
    return MessageDigest.isEqual(
        of(sessionToken).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
