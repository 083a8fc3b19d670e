package org.medseal.connectors.fhirpoll;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Answers rest-hook notifications under {@code /fhir-hook/FEED}. What a notification carries is not
 * believed and not stored: it makes the feed poll now instead of later, so a notification that
 * never comes costs time and no resource, and one that anybody sends costs a poll.
 */
public final class FhirHook implements Processor {
  private final Map<String, Runnable> polls = new ConcurrentHashMap<>();

  void add(String feed, Runnable poll) {
    polls.put(feed, poll);
  }

  void remove(String feed) {
    polls.remove(feed);
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    String path = message.getHeader(Exchange.HTTP_PATH, "", String.class);
    String method = message.getHeader(Exchange.HTTP_METHOD, "", String.class);
    boolean notification = method.equals("POST") || method.equals("PUT");
    Optional<Runnable> poll = Optional.ofNullable(polls.get(feed(path)));
    if (notification) {
      poll.ifPresent(Runnable::run);
    }
    message.removeHeaders("*");
    message.setBody("");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, poll.isEmpty() ? 404 : notification ? 200 : 405);
  }

  /** The segment after the base; servers append type and id where a payload is wanted. */
  private static String feed(String path) {
    String[] parts = path.replaceFirst("^/?(fhir-hook/)?", "").split("/", 2);
    return parts[0];
  }
}
