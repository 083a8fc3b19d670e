package org.medseal.connectors.httpbody;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.medseal.connectors.httpbody.BodyException.Reason;

/**
 * Collects the body of a paused request on the request's event loop: a slow sender costs the room
 * its bytes take, and no thread. While there is no room it is held back.
 */
final class Gathering {
  /** So often it is looked whether the sender is gone. */
  private static final long LOOK_MS = 200;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final Admission.Terms terms;
  private final BodyRoom.Share share;
  private final SenderClock clock;
  private final Promise<Gathered> gathered = Promise.promise();
  private final List<byte[]> blocks = new ArrayList<>();
  private int inLast = BodyRoom.BLOCK_BYTES;
  private int sizeBytes;
  private Buffer placed = Buffer.buffer(0);
  private int position;
  private long timer;
  private boolean over;

  /** To be made, and begun, on the request's event loop. */
  Gathering(Vertx vertx, HttpServerRequest request, Admission.Terms terms) {
    Context loop = vertx.getOrCreateContext();
    this.vertx = vertx;
    this.request = request;
    this.terms = terms;
    this.share = terms.room().share(() -> loop.runOnContext(nothing -> granted()));
    this.clock = new SenderClock(terms.pace(), System.nanoTime());
  }

  /** What its bytes take, to be given back when nobody needs them any more. */
  BodyRoom.Share share() {
    return share;
  }

  /** Never fails; what is cut has given its room back and lets pass unseen what still comes. */
  Future<Gathered> begin() {
    timer = vertx.setPeriodic(LOOK_MS, any -> look());
    RequestBody.listen(request, this::arrived, this::ended);
    return gathered.future();
  }

  private void arrived(Buffer buffer) {
    if (over) {
      return;
    }
    if (buffer.length() > terms.mostBytes() - sizeBytes) {
      cut(Reason.TOO_LARGE);
      return;
    }
    clock.arrived(buffer.length(), System.nanoTime());
    sizeBytes += buffer.length();
    placed = buffer;
    position = 0;
    if (!place()) {
      request.pause();
      clock.hold(System.nanoTime());
      look();
    }
  }

  /** False while there is no room for the rest. */
  private boolean place() {
    while (position < placed.length()) {
      if (inLast == BodyRoom.BLOCK_BYTES) {
        if (!share.take()) {
          return false;
        }
        addBlock();
      }
      int count = Math.min(placed.length() - position, BodyRoom.BLOCK_BYTES - inLast);
      placed.getBytes(position, position + count, blocks.get(blocks.size() - 1), inLast);
      position += count;
      inLast += count;
    }
    return true;
  }

  private void addBlock() {
    blocks.add(new byte[BodyRoom.BLOCK_BYTES]);
    inLast = 0;
  }

  /** The block it has waited for is its own. */
  private void granted() {
    if (over) {
      return;
    }
    addBlock();
    if (place()) {
      clock.letGo(System.nanoTime());
      request.resume();
    }
  }

  private void look() {
    long nowNs = System.nanoTime();
    if (clock.isHeldFor(terms.room().patience(), nowNs)) {
      cut(Reason.NO_ROOM);
    } else if (clock.isGone(nowNs)) {
      cut(Reason.GONE);
    }
  }

  private void ended(boolean badly) {
    if (badly) {
      cut(Reason.GONE);
    } else if (!over) {
      end(Gathered.whole(blocks, sizeBytes));
    }
  }

  private void cut(Reason reason) {
    if (!over) {
      blocks.clear();
      share.close();
      RequestBody.abandon(request);
      end(Gathered.cut(reason));
    }
  }

  private void end(Gathered result) {
    over = true;
    vertx.cancelTimer(timer);
    gathered.complete(result);
  }
}
