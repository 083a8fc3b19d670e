package org.medseal.connectors.seal;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultEndpoint;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.patient.LocalPatientIndex;
import org.medseal.ledger.api.Ledger;

/** Has no options; only a producer. */
public final class SealEndpoint extends DefaultEndpoint {
  SealEndpoint(String uri, SealComponent component) {
    super(uri, component);
  }

  @Override
  public Producer createProducer() {
    MessageStore store = bean(MessageStore.class);
    return new SealProducer(
        this,
        new MessageSealing(
            store,
            bean(LocalPatientIndex.class),
            bean(RecordSealer.class)::seal,
            new EarlierSeals(bean(Ledger.class), store)));
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("seal: can only be written to");
  }

  private <T> T bean(Class<T> type) {
    return CamelContextHelper.mandatoryFindSingleByType(getCamelContext(), type);
  }
}
