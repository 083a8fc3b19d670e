package org.medseal.admin;

import io.vertx.core.http.HttpServerRequest;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The documents that are being sent. When there are too many, one whose reader keeps it waiting
 * gives way to the next: nobody keeps the others from reading by not reading. On the event loop
 * only.
 */
final class Documents {
  /** So many users at least can be sent documents at once. */
  private static final int USERS = 4;

  private final StreamedBody.Means means;

  /** Bodies and for whom they are. */
  private final Map<StreamedBody, String> sending = new LinkedHashMap<>();

  Documents(StreamedBody.Means means) {
    this.means = means;
  }

  /**
   * False if all places, or all that one user may have (nobody's user is this machine's
   * monitoring), are taken by readers who do read.
   */
  boolean hasRoom(String user) {
    int all = means.patience().documents();
    long own = sending.values().stream().filter(user::equals).count();
    if (!user.isEmpty() && own >= Math.max(1, all / USERS)) {
      return giveWay(user::equals);
    }
    return sending.size() < all || giveWay(anybody -> true);
  }

  private boolean giveWay(Predicate<String> of) {
    Optional<StreamedBody> slow =
        sending.entrySet().stream()
            .filter(each -> of.test(each.getValue()))
            .map(Map.Entry::getKey)
            .filter(StreamedBody::awaitsReader)
            .findFirst();
    slow.ifPresent(StreamedBody::breakOff);
    return slow.isPresent();
  }

  /** Closes the body when it is over. */
  void send(HttpServerRequest request, InputStream body, String user) {
    StreamedBody document = new StreamedBody(means, request, body, sending::remove);
    sending.put(document, user);
    document.send();
  }
}
