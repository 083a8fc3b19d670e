package org.medseal.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.intake.TestCertificate;

class WatchedTlsTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  @Test
  void whatCouldNotBeReadIsTriedAgainThoughItLooksTheSame(@TempDir Path folder) throws Exception {
    FeedTls files = TestCertificate.of("EC").files(folder, Optional.empty());
    SSLContext context = WatchedTls.of(files, now::get);
    SSLSessionContext first = context.getServerSessionContext();
    byte[] key = Files.readAllBytes(files.key());
    FileTime then = FileTime.from(Instant.EPOCH);
    write(files.key(), new byte[key.length], then);
    assertThat(context.getServerSessionContext()).isSameAs(first);
    write(files.key(), key, then);
    assertThat(context.getServerSessionContext()).as("too soon").isSameAs(first);
    now.set(Instant.EPOCH.plus(WatchedTls.RETRY));
    SSLSessionContext second = context.getServerSessionContext();
    assertThat(second).isNotSameAs(first);
    assertThat(context.getServerSessionContext()).isSameAs(second);
  }

  /** In place, so that nothing but the bytes differs. */
  private static void write(Path file, byte[] bytes, FileTime time) throws Exception {
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }
}
