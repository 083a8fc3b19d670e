package org.medseal.connectors.ledger;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultEndpoint;
import org.medseal.connectors.message.MessageStore;
import org.medseal.ledger.api.Ledger;

/** Runs the {@link CommitTracker} while it is started, so that commits are heard of. */
public final class LedgerEndpoint extends DefaultEndpoint {
  private long tickMs = LedgerConstants.TICK_MS;
  private long resendMs = LedgerConstants.RESEND_MS;
  private CommitTracker tracker;
  private ScheduledExecutorService ticks;

  LedgerEndpoint(String uri, LedgerComponent component) {
    super(uri, component);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // a tick lets nothing out, and ends with the pool
  protected void doStart() throws Exception {
    super.doStart();
    tracker =
        new CommitTracker(
            bean(Ledger.class),
            bean(MessageStore.class),
            Duration.ofMillis(resendMs),
            () -> System.nanoTime() / 1_000_000);
    tracker.start();
    ticks =
        getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadScheduledExecutor(this, "commit-tracker");
    ticks.scheduleWithFixedDelay(tracker::tick, 0, tickMs, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() throws Exception {
    if (ticks != null) {
      getCamelContext().getExecutorServiceManager().shutdownGraceful(ticks);
      ticks = null;
    }
    if (tracker != null) {
      tracker.close();
      tracker = null;
    }
    super.doStop();
  }

  @Override
  public Producer createProducer() {
    return new LedgerProducer(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("ledger: can only be written to");
  }

  CommitTracker tracker() {
    return tracker;
  }

  public long getTickMs() {
    return tickMs;
  }

  /** How often what is not committed is looked at. */
  public void setTickMs(long tickMs) {
    this.tickMs = tickMs;
  }

  public long getResendMs() {
    return resendMs;
  }

  /** After this long without a commit the same bytes are sent again. */
  public void setResendMs(long resendMs) {
    this.resendMs = resendMs;
  }

  private <T> T bean(Class<T> type) {
    return CamelContextHelper.mandatoryFindSingleByType(getCamelContext(), type);
  }
}
