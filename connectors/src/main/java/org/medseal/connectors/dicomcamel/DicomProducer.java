package org.medseal.connectors.dicomcamel;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.medseal.connectors.content.Arriving;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.dicomnet.StoreScu;

/**
 * Stores the body, a Part 10 file, with the peer. A failure status is an exception; so is a peer
 * that cannot be reached. An association is kept for the next object and opened anew for a class it
 * was not opened for.
 */
final class DicomProducer extends DefaultProducer {
  private static final int HEAD_BYTES = 64 << 10;
  private static final int MAX_OFFERS = 100;

  /** Bxxx: stored, though not as sent (PS3.4 table B.2-1). */
  private static final int WARNING = 0xB000;

  private static final int WARNING_MASK = 0xF000;

  private final DicomEndpoint endpoint;
  private final List<StoreScu.Offer> offers = new ArrayList<>();
  private Optional<StoreScu> kept = Optional.empty();

  DicomProducer(DicomEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public synchronized void process(Exchange exchange) throws Exception {
    try (InputStream file = new BufferedInputStream(body(exchange), HEAD_BYTES)) {
      file.mark(HEAD_BYTES);
      StoreScu.Offer offer = StoreScu.Offer.of(file);
      file.reset();
      int status = association(offer).store(file);
      exchange.getMessage().setHeader(DicomConstants.STATUS, status);
      if (!isStored(status)) {
        throw new IOException("the peer answered status " + Integer.toHexString(status) + "H");
      }
    } catch (IOException e) {
      letGo();
      throw e;
    }
  }

  static boolean isStored(int status) {
    return status == 0 || (status & WARNING_MASK) == WARNING;
  }

  private StoreScu association(StoreScu.Offer offer) throws Exception {
    if (kept.isPresent() && kept.get().isOpen() && offers.contains(offer)) {
      return kept.get();
    }
    letGo();
    if (!offers.contains(offer)) {
      if (offers.size() >= MAX_OFFERS) {
        offers.clear();
      }
      offers.add(offer);
    }
    StoreScu opened = StoreScu.open(endpoint.client(), offers);
    kept = Optional.of(opened);
    return opened;
  }

  private void letGo() {
    kept.ifPresent(StoreScu::close);
    kept = Optional.empty();
  }

  private static InputStream body(Exchange exchange) throws Exception {
    Object body = exchange.getMessage().getBody();
    if (body instanceof Arriving arriving) {
      return arriving.stream();
    } else if (body instanceof Content content) {
      return content.open();
    } else if (body instanceof byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }
    return exchange.getMessage().getMandatoryBody(InputStream.class);
  }

  @Override
  protected void doStop() throws Exception {
    synchronized (this) {
      letGo();
    }
    super.doStop();
  }
}
