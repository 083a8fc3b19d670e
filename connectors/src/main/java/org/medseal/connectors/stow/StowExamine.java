package org.medseal.connectors.stow;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.medseal.connectors.httpaccess.HttpGates;
import org.medseal.connectors.httpbody.Pace;
import org.medseal.connectors.httpbody.RequestBody;
import org.medseal.connectors.message.MessageStore;

/**
 * First step of a STOW-RS route, whose endpoint leaves the body unread ({@code
 * useBodyHandler=false}): either there is an upload to be stored, or the answer is known already.
 */
public final class StowExamine implements Processor {
  /** Property: whether there is something to store. */
  public static final String TO_STORE = "MedSealStowToStore";

  static final String TURN = "MedSealStow";

  /** Fewer than the server has worker threads, so that the FHIR feed keeps some. */
  private static final int MOST_AT_ONCE = 12;

  private static final long SLOWEST_BYTES_PER_SECOND = 1024;

  private final Pace pace;
  private final HttpGates gates;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  /** {@code silenceMs}: so long a sender may send nothing. */
  public StowExamine(long silenceMs, HttpGates gates) {
    this.pace = new Pace(silenceMs, SLOWEST_BYTES_PER_SECOND);
    this.gates = gates;
  }

  /** One request from its head to its answer. */
  record Turn(
      RequestBody body,
      Optional<StowResponse> refused,
      Optional<Stow.Accepted> accepted,
      Optional<Upload> upload) {}

  /** However the exchange ends. */
  private static final class Over extends SynchronizationAdapter {
    private final Upload upload;
    private final Semaphore places;

    Over(Upload upload, Semaphore places) {
      this.upload = upload;
      this.places = places;
    }

    @Override
    public void onDone(Exchange exchange) {
      upload.close();
      places.release();
    }
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    RequestBody body = new RequestBody(message.getBody(HttpServerRequest.class), pace);
    Stow.Examined examined =
        gates.refusal(exchange).map(Stow::refused).orElseGet(() -> examined(exchange, message));
    Turn turn =
        examined
            .accepted()
            .map(accepted -> begin(exchange, accepted, body))
            .orElseGet(() -> refused(body, examined.refused().orElseThrow()));
    exchange.setProperty(TURN, turn);
    exchange.setProperty(TO_STORE, turn.upload().isPresent());
  }

  private static Stow.Examined examined(Exchange exchange, Message message) {
    return Stow.examine(
        text(message, Exchange.HTTP_METHOD),
        pathBelowBase(exchange, text(message, Exchange.HTTP_PATH)),
        text(message, Exchange.CONTENT_TYPE),
        text(message, "Accept"),
        text(message, Exchange.CONTENT_ENCODING));
  }

  private Turn begin(Exchange exchange, Stow.Accepted accepted, RequestBody body) {
    if (!places.tryAcquire()) {
      return refused(body, Stow.busy());
    }
    MessageStore store =
        CamelContextHelper.mandatoryFindSingleByType(exchange.getContext(), MessageStore.class);
    Upload upload = new Upload(body.begin(), accepted.boundary(), accepted.study(), store.spool());
    exchange.getExchangeExtension().addOnCompletion(new Over(upload, places));
    return new Turn(body, Optional.empty(), Optional.of(accepted), Optional.of(upload));
  }

  private Turn refused(RequestBody body, StowResponse response) {
    return new Turn(body, Optional.of(response), Optional.empty(), Optional.empty());
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
