package org.medseal.connectors.deid;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultEndpoint;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.message.MessageStore;

/** Has no options; only a producer. */
public final class DeidEndpoint extends DefaultEndpoint {
  DeidEndpoint(String uri, DeidComponent component) {
    super(uri, component);
  }

  @Override
  public Producer createProducer() {
    return new DeidProducer(
        this,
        bean(MessageStore.class),
        bean(Deidentifiers.class)::forFormat,
        bean(FeedPolicies.class));
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("deid: can only be written to");
  }

  private <T> T bean(Class<T> type) {
    return CamelContextHelper.mandatoryFindSingleByType(getCamelContext(), type);
  }
}
