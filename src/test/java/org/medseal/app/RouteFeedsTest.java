package org.medseal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medseal.admin.FeedControl.FeedView;
import org.medseal.connectors.httpaccess.RouteReach;

class RouteFeedsTest extends CamelTestSupport {
  private final RouteFeeds feeds = new RouteFeeds(() -> context);
  private final List<String> started = new ArrayList<>();

  /** What a feed does when it starts. */
  private Consumer<String> onStart =
      any -> {
        throw new IllegalStateException("of the test");
      };

  @Override
  protected void bindToRegistry(Registry registry) {
    registry.bind("hooked", new Hooked());
    registry.bind("reach", new RouteReach());
  }

  @Override
  protected RoutesBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("hooked:a").routeId("a").autoStartup(false).to("log:a");
        from("hooked:b").routeId("b").autoStartup(false).to("log:b");
      }
    };
  }

  @BeforeEach
  void twoFeedsThatCannotStart() throws Exception {
    feeds.startAll();
  }

  @Test
  void aFailedFeedRunsOnceItCanStart() {
    assertThat(feeds.feeds()).extracting(FeedView::state).containsOnly("FAILED");
    onStart = started::add;
    feeds.retry();
    assertThat(started).containsExactlyInAnyOrder("a", "b");
    assertThat(feeds.feeds()).extracting(FeedView::state).containsOnly("RUNNING");
  }

  @Test
  void aFeedPausedWhileOthersAreTriedAgainStaysPaused() {
    onStart =
        id -> {
          started.add(id);
          feeds.pause(id.equals("a") ? "b" : "a");
        };
    feeds.retry();
    assertThat(started).hasSize(1);
    assertThat(feeds.feeds())
        .extracting(FeedView::state)
        .containsExactlyInAnyOrder("RUNNING", "PAUSED");
  }

  /** Its consumers tell the test that they start. */
  private final class Hooked extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
      return new DefaultEndpoint(uri, this) {
        @Override
        public Producer createProducer() {
          throw new UnsupportedOperationException("a feed only");
        }

        @Override
        public org.apache.camel.Consumer createConsumer(Processor processor) {
          return new DefaultConsumer(this, processor) {
            @Override
            protected void doStart() throws Exception {
              onStart.accept(name);
              super.doStart();
            }
          };
        }
      };
    }
  }
}
