package org.medseal.connectors.httpbody;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * A step that wants the bodies of its route's requests whole, but not everybody's. It is asked
 * before the route runs, and finds a {@link Gathered} as the body then.
 */
public interface Admission extends Processor {
  /**
   * Asked on a worker thread with the head alone; the body is the unread HttpServerRequest. Empty
   * where the answer is known without it: the body that it leaves is the one the route begins with.
   */
  Optional<Terms> admit(Exchange exchange);

  /**
   * Under which a body is read.
   *
   * @param mostBytes of it
   */
  record Terms(BodyRoom room, int mostBytes, Pace pace) {}
}
