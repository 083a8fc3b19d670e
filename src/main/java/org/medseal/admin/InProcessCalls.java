package org.medseal.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.PageCalls;

/** The calls for pages: run on the thread of the page, by the same runner as over HTTP. */
final class InProcessCalls implements PageCalls {
  private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z]+)}");

  private final CallRunner runner;
  private final Map<String, Call> calls;
  private final CallRunner.Caller caller;

  InProcessCalls(CallRunner runner, Map<String, Call> calls, CallRunner.Caller caller) {
    this.runner = runner;
    this.calls = calls;
    this.caller = caller;
  }

  /** By method and path, whatever their parameters are named. */
  static Map<String, Call> byTarget(List<Call> calls) {
    Map<String, Call> all = new HashMap<>();
    calls.forEach(call -> all.put(key(call.method(), call.path()), call));
    return Map.copyOf(all);
  }

  @Override
  public CallReply call(String method, CallTarget target, JsonNode body) {
    Call call = calls.get(key(method, target.template()));
    Answer answer =
        call == null
            ? Answer.of(Problem.ofStatus(404))
            : runner.run(call, caller, inputs(call, target, body));
    return new CallReply(answer.status(), answer.mediaType(), answer.body(), answer.stream());
  }

  private static Exchange.Inputs inputs(Call call, CallTarget target, JsonNode body) {
    byte[] json =
        body.isMissingNode() ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
    return new Exchange.Inputs(
        parameters(call.path(), target.values()), target.query(), Answer.JSON, json);
  }

  private static Map<String, String> parameters(String path, List<String> values) {
    Map<String, String> named = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(path);
    int next = 0;
    while (matcher.find()) {
      named.put(matcher.group(1), values.get(next++));
    }
    if (next != values.size()) {
      throw new IllegalArgumentException("a call takes as many values as its path has places");
    }
    return named;
  }

  private static String key(String method, String path) {
    return method + " " + PARAMETER.matcher(path).replaceAll("{}");
  }
}
