package org.medseal.connectors.message;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a folder of its own. */
abstract class MessageStoreCase {
  @TempDir Path home;
  StoreFixture fixture;

  @BeforeEach
  void fixture() {
    fixture = new StoreFixture(home);
  }
}
