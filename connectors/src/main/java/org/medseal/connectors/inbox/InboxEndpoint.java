package org.medseal.connectors.inbox;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultEndpoint;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.message.MessageStore;

/** Options of {@code inbox:}; setters are called by Camel before the start. */
public final class InboxEndpoint extends DefaultEndpoint {
  private final String feed;
  private Format format;
  private int workers = 2;
  private long leaseMs = 300_000;
  private long retryMs = 5_000;

  InboxEndpoint(String uri, InboxComponent component, String feed) {
    super(uri, component);
    this.feed = feed;
  }

  @Override
  public Producer createProducer() {
    if (format == null) {
      throw new IllegalArgumentException("inbox:" + feed + " needs format=HL7V2, FHIR or DICOM");
    }
    if (feed.equals(InboxConstants.ANY_FEED)) {
      throw new IllegalArgumentException("a feed cannot be called " + feed);
    }
    return new InboxProducer(this, store());
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    InboxConsumer consumer = new InboxConsumer(this, processor, store());
    configureConsumer(consumer);
    return consumer;
  }

  private MessageStore store() {
    return CamelContextHelper.mandatoryFindSingleByType(getCamelContext(), MessageStore.class);
  }

  @Override
  public boolean isSingleton() {
    return true;
  }

  /** Whose messages these are. */
  public String feed() {
    return feed;
  }

  public Format getFormat() {
    return format;
  }

  /** Standard of what arrives; required where messages are received. */
  public void setFormat(Format format) {
    this.format = format;
  }

  public int getWorkers() {
    return workers;
  }

  /** Messages worked on at once. */
  public void setWorkers(int workers) {
    this.workers = positive(workers, "workers");
  }

  public long getLeaseMs() {
    return leaseMs;
  }

  /** A message not finished after this long is handed out again. */
  public void setLeaseMs(long leaseMs) {
    this.leaseMs = positive(leaseMs, "leaseMs");
  }

  public long getRetryMs() {
    return retryMs;
  }

  /** Rest before a message that could not be finished is tried again. */
  public void setRetryMs(long retryMs) {
    this.retryMs = positive(retryMs, "retryMs");
  }

  private static <T extends Number> T positive(T value, String name) {
    if (value.longValue() < 1) {
      throw new IllegalArgumentException(name + " must be positive, is " + value);
    }
    return value;
  }
}
