package org.medseal.bench.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class BigPayloadTest {
  @TempDir Path folder;

  @Test
  void fourProcessesKeepAPayloadOfSomeChunksAndOpenItAsItWas()
      throws IOException, InterruptedException {
    BigPayload.Result result = BigPayload.run(folder, 5_000_000, 128);
    assertThat(result.sameContent()).isTrue();
    assertThat(result.heapsMiB()).hasSize(4);
  }
}
