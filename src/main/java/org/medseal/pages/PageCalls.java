package org.medseal.pages;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The endpoint's own calls, made in process for the visitor: the same access rules, limits and
 * audit entries as over HTTP. Refusals are replies, never exceptions. Blocks.
 */
public interface PageCalls {

  /** Makes one call; {@link Body#NONE} for no body. A call that does not exist is a 404. */
  CallReply call(String method, CallTarget target, JsonNode body);

  default CallReply get(CallTarget target) {
    return call("GET", target, Body.NONE);
  }

  default CallReply get(String template, String... values) {
    return get(CallTarget.of(template, values));
  }

  default CallReply post(CallTarget target, JsonNode body) {
    return call("POST", target, body);
  }

  default CallReply put(CallTarget target, JsonNode body) {
    return call("PUT", target, body);
  }

  default CallReply delete(CallTarget target, JsonNode body) {
    return call("DELETE", target, body);
  }

  default CallReply post(String template, String... values) {
    return post(CallTarget.of(template, values), Body.NONE);
  }
}
