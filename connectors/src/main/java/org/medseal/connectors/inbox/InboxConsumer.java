package org.medseal.connectors.inbox;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.medseal.connectors.message.Lease;
import org.medseal.connectors.message.MessageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands received messages to the route: several at once, but one patient's of one feed in the order
 * of their arrival. A message that is still RECEIVED when the route ends is tried again later.
 */
final class InboxConsumer extends DefaultConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(InboxConsumer.class);
  private static final Duration WAIT = Duration.ofMillis(500);

  private final InboxEndpoint endpoint;
  private final MessageStore store;
  private ExecutorService workers;
  private volatile boolean running;

  InboxConsumer(InboxEndpoint endpoint, Processor processor, MessageStore store) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.store = store;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    running = true;
    workers =
        endpoint
            .getCamelContext()
            .getExecutorServiceManager()
            .newFixedThreadPool(this, "inbox-worker", endpoint.getWorkers());
    for (int i = 0; i < endpoint.getWorkers(); i++) {
      workers.execute(this::run);
    }
  }

  @Override
  protected void doStop() throws Exception {
    running = false;
    if (workers != null) {
      endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
      workers = null;
    }
    super.doStop();
  }

  private void run() {
    Optional<String> feed =
        Optional.of(endpoint.feed()).filter(f -> !f.equals(InboxConstants.ANY_FEED));
    while (running) {
      try {
        workOnNext(feed);
      } catch (InterruptedException e) {
        if (!running) {
          Thread.currentThread().interrupt();
        }
      } catch (Exception | Error e) { // the thread's edge: the other messages are worked on
        if (AttemptFailure.isEndOfStore(e)) {
          LOG.error("messages can no longer be read from the inbox ({})", e.getClass().getName());
          return;
        }
        LOG.error("a message is left in the inbox ({})", AttemptFailure.kinds(e));
        if (e instanceof Error) { // memory may come back
          LockSupport.parkNanos(WAIT.toNanos());
        }
      }
    }
  }

  private void workOnNext(Optional<String> feed) throws InterruptedException {
    store.lease(feed, Duration.ofMillis(endpoint.getLeaseMs()), WAIT).ifPresent(this::work);
  }

  private void work(Lease lease) {
    Exchange exchange = createExchange(false);
    try {
      // What lies in the spool stays there; the other steps know bytes.
      exchange.getMessage().setBody(lease.isSpooled() ? lease.content() : lease.raw());
      exchange.getMessage().setHeader(InboxConstants.MESSAGE_ID, lease.id());
      exchange.getMessage().setHeader(InboxConstants.FEED, lease.feed());
      exchange.getMessage().setHeader(InboxConstants.FORMAT, lease.format());
      getProcessor().process(exchange);
    } catch (Exception | Error e) { // the route's edge
      exchange.setException(e);
    }
    giveBack(lease, Optional.ofNullable(exchange.getException(Throwable.class)));
    releaseExchange(exchange, false);
  }

  private void giveBack(Lease lease, Optional<Throwable> failure) {
    Duration rest = Duration.ofMillis(endpoint.getRetryMs());
    if (failure.isEmpty()) {
      store.release(lease, rest);
      return;
    }
    String kinds = AttemptFailure.kinds(failure.get());
    if (AttemptFailure.mayHeal(failure.get())) {
      store.release(lease, rest);
    } else if (store.attemptFailed(lease, InboxConstants.PLACE_PIPELINE, rest)) {
      LOG.warn("message {} is quarantined, every attempt failed ({})", lease.id(), kinds);
      return;
    }
    LOG.warn("message {} is left after attempt {} ({})", lease.id(), lease.attempt(), kinds);
  }
}
