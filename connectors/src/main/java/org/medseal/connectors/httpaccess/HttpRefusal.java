package org.medseal.connectors.httpaccess;

/**
 * Why a request is not looked at.
 *
 * @param status 401 or 403
 * @param bearer whether the answer asks for a token (RFC 6750 section 3)
 */
public record HttpRefusal(int status, String text, boolean bearer) {
  /** Of {@code WWW-Authenticate}. */
  public static final String CHALLENGE = "Bearer realm=\"medseal\"";
}
