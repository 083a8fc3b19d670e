package org.medseal.admin;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two hospitals of its own for each test, for what one test would leave to the next. */
abstract class AtTwoHospitals {
  @TempDir Path folder;
  AskingAndCustodian two;

  @BeforeEach
  final void found() throws Exception {
    two = new AskingAndCustodian(folder);
  }

  @AfterEach
  final void close() {
    two.close();
  }
}
