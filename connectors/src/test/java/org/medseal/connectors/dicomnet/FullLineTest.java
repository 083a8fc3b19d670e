package org.medseal.connectors.dicomnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.pdu.Pdv;

/** A line that nobody reads fills up; the memory does not, and others are served. */
class FullLineTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** The handler does not read, so the sender's line fills, and the server's memory does not. */
  @Test
  void anObjectThatNobodyReadsStaysWithItsSender() throws Exception {
    CountDownLatch mayRead = new CountDownLatch(1);
    Received received = new Received();
    StoreHandler waiting =
        object -> {
          mayRead.await();
          return received.store(object);
        };
    int size = 48 << 20;
    try (TestScp scp = new TestScp(waiting);
        RawPeer peer = RawPeer.associated(scp)) {
      peer.storeCommand("1.2.3");
      CompletableFuture<Long> sent = new CompletableFuture<>();
      AtomicLong progress = new AtomicLong();
      Thread sender =
          new Thread(
              () -> {
                try {
                  byte[] part = new byte[16_000];
                  for (int at = 0; at < size; at += part.length) {
                    peer.value(3, false, at + part.length >= size, part);
                    progress.addAndGet(part.length);
                  }
                  sent.complete(progress.get());
                } catch (IOException e) {
                  sent.completeExceptionally(e);
                }
              });
      sender.start();
      long before = -1;
      while (progress.get() != before) { // until the line is full: nothing went in half a second
        before = progress.get();
        sender.join(500);
      }
      assertThat(before).isLessThan(size / 2);
      assertThat(scp.serves()).as("others are served meanwhile").isTrue();
      mayRead.countDown();
      assertThat(peer.status()).isZero();
      assertThat(received.of("1.2.3").orElseThrow().dataset()).hasSize(sent.get().intValue());
    }
  }

  @Test
  void aPeerThatTakesNoAnswersIsGivenUp() throws Exception {
    AssociationTimers timers = new AssociationTimers(SHORT, LONG, LONG, SHORT);
    try (TestScp scp = new TestScp(new Received(), AePolicy.open(), TestScp.SMALL, timers);
        RawPeer peer = RawPeer.associated(scp)) {
      byte[] echo =
          RawPeer.bytes(
              new Pdu.Transfer(
                  List.of(
                      new Pdv(
                          1,
                          true,
                          true,
                          new CommandSet()
                              .uid(CommandSet.AFFECTED_SOP_CLASS, Uids.VERIFICATION)
                              .number(CommandSet.COMMAND_FIELD, CommandSet.C_ECHO_RQ)
                              .number(CommandSet.MESSAGE_ID, 1)
                              .number(CommandSet.DATA_SET_TYPE, CommandSet.NO_DATA_SET)
                              .toBytes()))));
      CompletableFuture<Void> refused =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (true) { // asks and asks, and reads no answer
                    peer.send(echo);
                  }
                } catch (IOException e) {
                  // the server has closed
                }
              });
      refused.get(60, TimeUnit.SECONDS);
      assertThat(scp.serves()).isTrue();
    }
  }
}
