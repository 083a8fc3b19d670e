package org.medseal.connectors.fhirpoll;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.medseal.connectors.httpbody.RequestBody;

/**
 * Answers rest-hook notifications under {@code /fhir-hook/FEED}. What a notification carries is not
 * believed and not stored: it makes the feed poll now instead of later, so a notification that
 * never comes costs time and no resource, and one that anybody sends costs a poll.
 */
public final class FhirHook implements Processor {
  private static final String SECRET_HEADER = "X-MedSeal-Hook";
  private static final String BEARER = "Bearer ";
  private static final int LONGEST_SECRET = 8192;

  private final Map<String, Hook> hooks = new ConcurrentHashMap<>();

  /**
   * A feed that may be notified.
   *
   * @param secretFile one line that every notification must carry; read each time
   */
  record Hook(Runnable poll, Optional<Path> secretFile) {}

  void add(String feed, Hook hook) {
    hooks.put(feed, hook);
  }

  void remove(String feed) {
    hooks.remove(feed);
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    int status = status(message);
    if (message.getBody() instanceof HttpServerRequest unread) {
      RequestBody.abandon(unread); // what it carries is not believed, so not read
    }
    message.removeHeaders("*");
    message.setBody("");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
  }

  private int status(Message message) {
    String path = message.getHeader(Exchange.HTTP_PATH, "", String.class);
    String method = message.getHeader(Exchange.HTTP_METHOD, "", String.class);
    Hook hook = hooks.get(feed(path));
    if (hook == null) {
      return 404;
    }
    if (!method.equals("POST") && !method.equals("PUT")) {
      return 405;
    }
    if (hook.secretFile().isPresent() && !isCarried(hook.secretFile().get(), message)) {
      return 401;
    }
    hook.poll().run();
    return 200;
  }

  /** As {@code Authorization: Bearer …} or {@code X-MedSeal-Hook: …} of Subscription.channel. */
  private static boolean isCarried(Path secretFile, Message message) {
    String authorization = message.getHeader("Authorization", "", String.class);
    String carried =
        authorization.startsWith(BEARER)
            ? authorization.substring(BEARER.length())
            : message.getHeader(SECRET_HEADER, "", String.class);
    try (InputStream in = Files.newInputStream(secretFile)) {
      String wanted = new String(in.readNBytes(LONGEST_SECRET), StandardCharsets.UTF_8).strip();
      return !wanted.isEmpty()
          && MessageDigest.isEqual(
              wanted.getBytes(StandardCharsets.UTF_8),
              carried.strip().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return false; // closed while nobody can say what the secret is
    }
  }

  /** The segment after the base; servers append type and id where a payload is wanted. */
  private static String feed(String path) {
    String[] parts = path.replaceFirst("^/?(fhir-hook/)?", "").split("/", 2);
    return parts[0];
  }
}
