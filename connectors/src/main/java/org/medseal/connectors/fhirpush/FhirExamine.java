package org.medseal.connectors.fhirpush;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.medseal.connectors.httpaccess.HttpGates;
import org.medseal.connectors.httpbody.BodyException;
import org.medseal.connectors.httpbody.BodyRoom;
import org.medseal.connectors.httpbody.RequestBody;
import org.medseal.connectors.message.BackPressureException;
import org.medseal.connectors.message.MessageException;
import org.medseal.connectors.message.MessageStore;
import org.medseal.ledger.journal.JournalException;

/**
 * First step of a push route: what is to be stored becomes the body, and the property {@link
 * #EXAMINED} says what the answer will be made from. Where the endpoint leaves the body unread
 * ({@code useBodyHandler=false}) it is read last, once everything else has been found in order.
 */
public final class FhirExamine implements Processor {
  /** Property: {@link Examined}. */
  public static final String EXAMINED = "MedSealFhirRequest";

  /** Property: whether there is something to store. */
  public static final String TO_STORE = "MedSealFhirToStore";

  private static final RequestBody.Pace PACE = new RequestBody.Pace(10_000, 16 << 10);

  private final FhirPush push;
  private final HttpGates gates;
  private final BodyRoom room;

  public FhirExamine(FhirPush push, HttpGates gates, BodyRoom room) {
    this.push = push;
    this.gates = gates;
    this.room = room;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    FhirRequest head =
        new FhirRequest(
            text(message, Exchange.HTTP_METHOD),
            pathBelowBase(exchange, text(message, Exchange.HTTP_PATH)),
            text(message, Exchange.CONTENT_TYPE),
            text(message, "Accept"),
            new byte[0]);
    Optional<Examined> refused = gates.refusal(exchange).map(r -> push.refused(head, r));
    Examined examined =
        message.getBody() instanceof HttpServerRequest unread
            ? unread(exchange, head, refused, unread)
            : refused.orElseGet(() -> push.examine(head.with(body(message))));
    exchange.setProperty(EXAMINED, examined);
    exchange.setProperty(TO_STORE, examined instanceof Examined.ToStore);
    message.setBody(examined);
  }

  private Examined unread(
      Exchange exchange, FhirRequest head, Optional<Examined> refused, HttpServerRequest unread) {
    RequestBody body = new RequestBody(unread, PACE);
    Optional<Examined> answered =
        refused
            .or(() -> push.examineHead(head, declaredBytes(unread)))
            .or(() -> full(exchange, head));
    if (answered.isPresent()) {
      body.abandon();
      return answered.get();
    }
    try {
      BodyRoom.Share share = room.share();
      exchange.getExchangeExtension().addOnCompletion(new GivenBack(share));
      return push.examine(head.with(share.read(body.begin(), push.maxBytes())));
    } catch (BodyException e) {
      body.abandon();
      return switch (e.reason()) {
        case GONE -> push.stopped(head);
        case TOO_LARGE -> push.tooLarge(head);
        case NO_ROOM -> new Examined.Answered(head, push.notStored(head, true));
      };
    } catch (IOException e) {
      body.abandon();
      return push.stopped(head);
    }
  }

  /** However the exchange ends, what was read is garbage then. */
  private static final class GivenBack extends SynchronizationAdapter {
    private final BodyRoom.Share share;

    GivenBack(BodyRoom.Share share) {
      this.share = share;
    }

    @Override
    public void onDone(Exchange exchange) {
      share.close();
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
