package org.medseal.connectors.inbox;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
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
    Duration leaseFor = Duration.ofMillis(endpoint.getLeaseMs());
    try {
      while (running) {
        Optional<Lease> lease = store.lease(feed, leaseFor, WAIT);
        if (lease.isPresent()) {
          work(lease.get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // the thread's edge: the disk has failed, the store is closed for good
      LOG.error("messages can no longer be read from the inbox ({})", e.getClass().getName());
    }
  }

  private void work(Lease lease) {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(lease.raw());
      exchange.getMessage().setHeader(InboxConstants.MESSAGE_ID, lease.id());
      exchange.getMessage().setHeader(InboxConstants.FEED, lease.feed());
      exchange.getMessage().setHeader(InboxConstants.FORMAT, lease.format());
      getProcessor().process(exchange);
    } catch (Exception e) { // the route's edge
      exchange.setException(e);
    }
    if (exchange.getException() != null) {
      LOG.warn(
          "message {} stays in the inbox after attempt {} ({})",
          lease.id(),
          lease.attempt(),
          exchange.getException().getClass().getName());
    }
    store.release(lease, Duration.ofMillis(endpoint.getRetryMs()));
    releaseExchange(exchange, false);
  }
}
