package org.medseal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/operations.md says that the log says, in the configuration that is shipped. */
class LoggedNoticesTest {
  private static Level shipped(String logger) throws Exception {
    LoggerContext context = new LoggerContext();
    try {
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
      return context.getLogger(Class.forName(logger).getName()).getEffectiveLevel();
    } finally {
      context.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.medseal.watch.Watch",
        "org.medseal.app.Housekeeping",
        "org.medseal.app.RouteFeeds",
        "org.medseal.ledger.node.SnapshotJoin",
        "org.medseal.ledger.snapshot.OlderFetch"
      })
  void whatAnOperatorWaitsForIsLogged(String logger) throws Exception {
    assertThat(shipped(logger)).isEqualTo(Level.INFO);
  }

  @Test
  void connectionsThatComeAndGoAreNot() throws Exception {
    assertThat(shipped("org.medseal.ledger.net.PeerNetwork")).isEqualTo(Level.WARN);
  }
}
