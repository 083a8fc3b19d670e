package org.medseal.bench.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.medseal.bench.Lasting;
import org.medseal.connectors.dicomnet.AssociationTimers;
import org.medseal.connectors.dicomnet.ScuSettings;
import org.medseal.connectors.dicomnet.StoreScu;

/**
 * Several associations with one receiver, open from the start. An image that is answered A700H is
 * sent again a second later, as the standard means it.
 */
final class Senders implements AutoCloseable {
  private static final int OUT_OF_RESOURCES = 0xA700;
  private static final Lasting PAUSE = Lasting.millis(1_000);

  private final List<StoreScu> associations = new ArrayList<>();
  private final ExecutorService threads;
  private final AtomicInteger repeats = new AtomicInteger();

  Senders(int port, int count, StoreScu.Offer offer) throws IOException {
    InetSocketAddress receiver = Receiver.loopback(port);
    ScuSettings settings =
        new ScuSettings(receiver, "ANY", "BENCH", AssociationTimers.defaults(), Optional.empty());
    for (int i = 0; i < count; i++) {
      associations.add(StoreScu.open(settings, List.of(offer)));
    }
    threads = Executors.newFixedThreadPool(count);
  }

  /** Images 0 to {@code count - 1}; each association takes the next that is left. */
  void send(int count, IntFunction<byte[]> image) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> done = new ArrayList<>();
    for (StoreScu association : associations) {
      done.add(
          threads.submit(
              () -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                  send(association, image.apply(i));
                }
                return null;
              }));
    }
    for (Future<?> each : done) {
      each.get();
    }
  }

  private void send(StoreScu association, byte[] image) throws Exception {
    int status = association.store(new ByteArrayInputStream(image));
    while (status == OUT_OF_RESOURCES) {
      repeats.incrementAndGet();
      PAUSE.pass();
      status = association.store(new ByteArrayInputStream(image));
    }
    if (status != 0) {
      throw new IOException("answered " + Integer.toHexString(status));
    }
  }

  /** How often one was sent again. */
  int repeats() {
    return repeats.get();
  }

  @Override
  public void close() {
    associations.forEach(StoreScu::close);
    threads.shutdown();
  }
}
