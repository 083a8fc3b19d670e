package org.medseal.admin;

import io.vertx.core.http.HttpServerRequest;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The documents that are being sent. When there are too many, one whose reader keeps it waiting
 * gives way to the next: nobody keeps the others from reading by not reading. On the event loop
 * only.
 */
final class Documents {
  private final StreamedBody.Means means;
  private final Set<StreamedBody> sending = new LinkedHashSet<>();

  Documents(StreamedBody.Means means) {
    this.means = means;
  }

  /** False if all places are taken by readers who do read. */
  boolean hasRoom() {
    if (sending.size() < means.patience().documents()) {
      return true;
    }
    Optional<StreamedBody> slow = sending.stream().filter(StreamedBody::awaitsReader).findFirst();
    slow.ifPresent(StreamedBody::breakOff);
    return slow.isPresent();
  }

  /** Closes the body when it is over. */
  void send(HttpServerRequest request, InputStream body) {
    StreamedBody document = new StreamedBody(means, request, body, sending::remove);
    sending.add(document);
    document.send();
  }
}
