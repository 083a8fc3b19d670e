package org.medseal.connectors.dicomcamel;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.medseal.connectors.dicomnet.ReceivedObject;
import org.medseal.connectors.dicomnet.ScpCounts;
import org.medseal.connectors.dicomnet.StoreScp;
import org.medseal.connectors.dicomnet.StoreStatus;

/**
 * One exchange an object; the body is the {@link ReceivedObject}, to be read by the route on the
 * thread it came on. SUCCESS is answered only where the route leaves a receipt of the inbox.
 */
public final class DicomConsumer extends DefaultConsumer {
  private final DicomEndpoint endpoint;
  private final ScpCounts counts = new ScpCounts();
  private ExecutorService workers;
  private Optional<StoreScp> scp = Optional.empty();

  DicomConsumer(DicomEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    workers =
        endpoint
            .getCamelContext()
            .getExecutorServiceManager()
            .newCachedThreadPool(this, "dicom-association");
    try {
      StoreScp server = new StoreScp(endpoint.serverWithTls(), this::store, workers, counts);
      server.start();
      scp = Optional.of(server);
    } catch (Exception e) { // a port that is taken, a certificate that is none: no thread stays
      endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(workers);
      workers = null;
      throw e;
    }
  }

  @Override
  protected void doStop() throws Exception {
    scp.ifPresent(StoreScp::close);
    scp = Optional.empty();
    if (workers != null) {
      endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
      workers = null;
    }
    super.doStop();
  }

  /** Of its associations, pauses and all. */
  public ScpCounts.Reading counts() {
    return counts.reading();
  }

  /** Where it listens; -1 while it does not. */
  public int port() {
    return scp.map(StoreScp::port).orElse(-1);
  }

  private StoreStatus store(ReceivedObject object) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      Message message = exchange.getMessage();
      message.setBody(object);
      message.setHeader(DicomConstants.CALLING_AE, object.callingAe());
      message.setHeader(DicomConstants.CALLED_AE, object.calledAe());
      message.setHeader(DicomConstants.SOP_CLASS_UID, object.sopClassUid());
      message.setHeader(DicomConstants.TRANSFER_SYNTAX_UID, object.transferSyntaxUid());
      getProcessor().process(exchange);
      return RouteOutcome.of(exchange);
    } finally {
      releaseExchange(exchange, false);
    }
  }
}
