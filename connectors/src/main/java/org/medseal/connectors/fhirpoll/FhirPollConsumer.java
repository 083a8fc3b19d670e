package org.medseal.connectors.fhirpoll;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.medseal.connectors.fhirsearch.FhirPoll;
import org.medseal.connectors.fhirsearch.PollStates;
import org.medseal.connectors.fhirsearch.SearchException;
import org.medseal.connectors.inbox.InboxConstants;
import org.medseal.connectors.message.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that polls, rests, and polls at once when a hook calls. A resource counts as taken
 * only when the route leaves a {@link Receipt}.
 */
final class FhirPollConsumer extends DefaultConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(FhirPollConsumer.class);

  private final FhirPollEndpoint endpoint;
  private final PollStates states;
  private final FhirHook hooks;
  private final Semaphore calls = new Semaphore(0);
  private ExecutorService thread;
  private volatile CountDownLatch stopped = new CountDownLatch(0);
  private Optional<FhirPoll> current = Optional.empty();
  private Optional<String> trouble = Optional.empty();

  FhirPollConsumer(
      FhirPollEndpoint endpoint, Processor processor, PollStates states, FhirHook hooks) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.states = states;
    this.hooks = hooks;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    FhirPoll poll =
        new FhirPoll(endpoint.feed(), endpoint.settings(), states, InstantSource.system());
    current = Optional.of(poll);
    stopped = new CountDownLatch(1);
    hooks.add(endpoint.feed(), new FhirHook.Hook(calls::release, endpoint.hookSecret()));
    thread =
        endpoint
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, "fhir-poll");
    thread.execute(() -> run(poll));
  }

  @Override
  protected void doStop() throws Exception {
    hooks.remove(endpoint.feed());
    stopped.countDown();
    calls.release();
    current.ifPresent(FhirPoll::stop);
    if (thread != null) {
      endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(thread);
      thread = null;
    }
    super.doStop();
  }

  private void run(FhirPoll poll) {
    Duration usual = Duration.ofMillis(endpoint.getPollMs());
    while (stopped.getCount() > 0) {
      Duration rest = usual;
      boolean mayHurry = true;
      try {
        poll.poll(this::take);
        ended();
      } catch (SearchException e) {
        failed(e.reason() + ": " + e.reason().sentence());
        mayHurry = e.retryAfter().isEmpty();
        rest = e.retryAfter().filter(asked -> asked.compareTo(usual) > 0).orElse(usual);
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) { // the thread's edge: the next poll may do better
        failed("not stored (" + e.getClass().getSimpleName() + ")");
      }
      if (!rested(rest, mayHurry)) {
        return;
      }
    }
  }

  /** False when asked to stop. Calls that came meanwhile are one. */
  private boolean rested(Duration rest, boolean mayHurry) {
    try {
      if (mayHurry) {
        calls.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS);
      } else {
        stopped.await(rest.toMillis(), TimeUnit.MILLISECONDS); // the server's own wish
      }
      calls.drainPermits();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void take(byte[] resource) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(resource);
      getProcessor().process(exchange);
      Exception failure = exchange.getException();
      if (failure == null) {
        failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
      }
      if (exchange.getProperty(InboxConstants.RECEIPT) == null) {
        throw failure == null ? new IllegalStateException("the route stored nothing") : failure;
      }
    } finally {
      releaseExchange(exchange, false);
    }
  }

  /** One line an episode. */
  private void failed(String what) {
    if (stopped.getCount() > 0 && !trouble.equals(Optional.of(what))) {
      LOG.warn("feed {} cannot be polled: {}", endpoint.feed(), what);
      trouble = Optional.of(what);
    }
  }

  private void ended() {
    if (trouble.isPresent()) {
      LOG.info("feed {} is polled again", endpoint.feed());
      trouble = Optional.empty();
    }
  }
}
