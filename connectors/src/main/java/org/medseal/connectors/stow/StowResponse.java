package org.medseal.connectors.stow;

import java.util.Map;

/** An answer over HTTP; without a body where it is empty. */
record StowResponse(int status, Map<String, String> headers, String body) {
  StowResponse {
    headers = Map.copyOf(headers);
  }
}
