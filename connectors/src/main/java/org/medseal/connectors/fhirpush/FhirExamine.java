package org.medseal.connectors.fhirpush;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.support.CamelContextHelper;
import org.medseal.connectors.httpaccess.HttpGates;
import org.medseal.connectors.httpbody.Admission;
import org.medseal.connectors.httpbody.BodyException;
import org.medseal.connectors.httpbody.BodyRoom;
import org.medseal.connectors.httpbody.Gathered;
import org.medseal.connectors.httpbody.Pace;
import org.medseal.connectors.message.BackPressureException;
import org.medseal.connectors.message.MessageException;
import org.medseal.connectors.message.MessageStore;
import org.medseal.ledger.journal.JournalException;

/**
 * First step of a push route: what is to be stored becomes the body, and the property {@link
 * #EXAMINED} says what the answer will be made from. Where the endpoint leaves the body unread
 * ({@code useBodyHandler=false}) it is gathered once everything else has been found in order.
 */
public final class FhirExamine implements Admission {
  /** Property: {@link Examined}. */
  public static final String EXAMINED = "MedSealFhirRequest";

  /** Property: whether there is something to store. */
  public static final String TO_STORE = "MedSealFhirToStore";

  private final FhirPush push;
  private final HttpGates gates;
  private final Terms terms;

  public FhirExamine(FhirPush push, HttpGates gates, BodyRoom room, Pace pace) {
    this.push = push;
    this.gates = gates;
    this.terms = new Terms(room, push.maxBytes(), pace);
  }

  @Override
  public Optional<Terms> admit(Exchange exchange) {
    FhirRequest head = head(exchange);
    HttpServerRequest unread = exchange.getMessage().getBody(HttpServerRequest.class);
    Optional<Examined> answered =
        refused(exchange, head)
            .or(() -> push.examineHead(head, declaredBytes(unread)))
            .or(() -> full(exchange, head));
    answered.ifPresent(exchange.getMessage()::setBody);
    return answered.isPresent() ? Optional.empty() : Optional.of(terms);
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Examined examined = examined(exchange, message);
    exchange.setProperty(EXAMINED, examined);
    exchange.setProperty(TO_STORE, examined instanceof Examined.ToStore);
    message.setBody(examined);
  }

  private Examined examined(Exchange exchange, Message message) {
    if (message.getBody() instanceof Examined answered) {
      return answered;
    }
    FhirRequest head = head(exchange);
    if (message.getBody() instanceof Gathered gathered) {
      return gathered(head, gathered);
    }
    if (message.getBody() instanceof HttpServerRequest) {
      throw new IllegalStateException("the body of a request was not gathered");
    }
    return refused(exchange, head).orElseGet(() -> push.examine(head.with(body(message))));
  }

  private static FhirRequest head(Exchange exchange) {
    Message message = exchange.getMessage();
    return new FhirRequest(
        text(message, Exchange.HTTP_METHOD),
        pathBelowBase(exchange, text(message, Exchange.HTTP_PATH)),
        text(message, Exchange.CONTENT_TYPE),
        text(message, "Accept"),
        new byte[0]);
  }

  private Optional<Examined> refused(Exchange exchange, FhirRequest head) {
    return gates.refusal(exchange).map(refusal -> push.refused(head, refusal));
  }

  private Examined gathered(FhirRequest head, Gathered gathered) {
    try {
      return push.examine(head.with(gathered.bytes()));
    } catch (BodyException e) {
      return switch (e.reason()) {
        case GONE -> push.stopped(head);
        case TOO_LARGE -> push.tooLarge(head);
        case NO_ROOM -> new Examined.Answered(head, push.notStored(head, true));
      };
    }
  }

  /** The answer where nothing can be stored now. */
  private Optional<Examined> full(Exchange exchange, FhirRequest head) {
    try {
      CamelContextHelper.mandatoryFindSingleByType(exchange.getContext(), MessageStore.class)
          .requireRoom();
      return Optional.empty();
    } catch (BackPressureException e) {
      return Optional.of(new Examined.Answered(head, push.notStored(head, true)));
    } catch (MessageException | JournalException e) {
      return Optional.of(new Examined.Answered(head, push.notStored(head, false)));
    }
  }

  /** 0 for a body in chunks. */
  private static long declaredBytes(HttpServerRequest request) {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return declared != null && declared.matches("[0-9]{1,18}") ? Long.parseLong(declared) : 0;
  }

  private static byte[] body(Message message) {
    byte[] body = message.getBody(byte[].class);
    return body == null ? new byte[0] : body;
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
