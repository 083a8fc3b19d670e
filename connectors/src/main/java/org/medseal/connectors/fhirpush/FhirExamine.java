package org.medseal.connectors.fhirpush;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.medseal.connectors.httpaccess.HttpGates;
import org.medseal.connectors.httpaccess.HttpRefusal;

/**
 * First step of a push route: the body becomes what is to be stored, and the property {@link
 * #EXAMINED} says what the answer will be made from.
 */
public final class FhirExamine implements Processor {
  /** Property: {@link Examined}. */
  public static final String EXAMINED = "MedSealFhirRequest";

  /** Property: whether there is something to store. */
  public static final String TO_STORE = "MedSealFhirToStore";

  private final FhirPush push;

  private final HttpGates gates;

  public FhirExamine(FhirPush push, HttpGates gates) {
    this.push = push;
    this.gates = gates;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Optional<HttpRefusal> refusal = gates.refusal(exchange);
    byte[] body = message.getBody(byte[].class);
    FhirRequest request =
        new FhirRequest(
            text(message, Exchange.HTTP_METHOD),
            pathBelowBase(exchange, text(message, Exchange.HTTP_PATH)),
            text(message, Exchange.CONTENT_TYPE),
            text(message, "Accept"),
            body == null ? new byte[0] : body);
    Examined examined =
        refusal.map(r -> push.refused(request, r)).orElseGet(() -> push.examine(request));
    exchange.setProperty(EXAMINED, examined);
    exchange.setProperty(TO_STORE, examined instanceof Examined.ToStore);
    message.setBody(examined);
  }

  /** Below the path its route listens to. */
  private static String pathBelowBase(Exchange exchange, String path) {
    String basePath =
        exchange.getFromEndpoint() instanceof PlatformHttpEndpoint http ? http.getPath() : "";
    return path.startsWith(basePath) ? path.substring(basePath.length()) : path;
  }

  private static String text(Message message, String header) {
    String value = message.getHeader(header, String.class);
    return value == null ? "" : value;
  }
}
