package org.medseal.connectors.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.StoreFixture;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;

class InboxWorkerTest extends CamelTestSupport {
  @TempDir Path home;
  private MessageStore store;

  @Override
  protected void bindToRegistry(Registry registry) {
    LocalCipher cipher = new LocalCipher(SecretBytes.copyOf(new byte[32]));
    store =
        MessageStore.open(
            home.resolve("inbox"), home.resolve("outbox"), cipher, MessageLimits.defaults());
    registry.bind("messages", store, null, "close");
  }

  @Override
  protected RoutesBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("inbox:any?workers=1&retryMs=20")
            .process(
                exchange -> {
                  throw new StackOverflowError("of the test");
                });
      }
    };
  }

  /** An Error out of a lambda stays in flight for Camel. */
  @Override
  public void configureContext(CamelContextConfiguration configuration) {
    super.configureContext(configuration);
    configuration.withShutdownTimeout(1);
  }

  @Test
  void whatThrowsAtEveryAttemptIsKeptBackAndTheWorkerGoesOn() {
    StoreFixture.receive(store, "one");
    StoreFixture.receive(store, "another");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> store.counts().get(MessageState.QUARANTINED) == 2);
    assertThat(store.list(Optional.empty(), 2, Optional.empty()))
        .allSatisfy(
            kept -> {
              assertThat(kept.reason()).contains(QuarantineReason.RULE_ERROR);
              assertThat(kept.place()).contains("pipeline");
            });
  }
}
