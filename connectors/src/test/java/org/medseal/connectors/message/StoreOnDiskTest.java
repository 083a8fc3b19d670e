package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.message.StoreFixture.hl7;
import static org.medseal.connectors.message.StoreFixture.lease;
import static org.medseal.connectors.message.StoreFixture.part;
import static org.medseal.connectors.message.StoreFixture.receive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.Format;

class StoreOnDiskTest extends MessageStoreCase {
  @Test
  void noClearTextAndNoPlainHashIsOnDisk() throws Exception {
    byte[] raw = "Zwackelmannsdottir".repeat(10).getBytes(StandardCharsets.UTF_8);
    try (MessageStore store = fixture.open()) {
      store.receive(
          "lab", Format.HL7V2, raw, Optional.of("Zwackel-77"), Optional.of("Zwackel.hl7"));
    }
    byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(raw);
    String disk = disk();
    assertThat(disk).contains("lab").doesNotContain("Zwackel");
    assertThat(disk).doesNotContain(latin(java.util.Arrays.copyOf(hash, 16)));
  }

  @Test
  void aCrashAtAnyByteLosesNothingAcknowledged() throws Exception {
    List<Long> ends = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    Path file;
    try (MessageStore store = fixture.open()) {
      file = newest(home.resolve("inbox"));
      for (int i = 0; i < 6; i++) {
        ids.add(receive(store, hl7("P" + i, i)).id());
        ends.add(Files.size(file));
      }
    }
    byte[] whole = Files.readAllBytes(file);
    for (int cut = (int) (ends.get(0) - 30); cut <= whole.length; cut += 7) {
      Path crashed = Files.createTempDirectory(home, "cut");
      Files.createDirectories(crashed.resolve("inbox"));
      Path copy = crashed.resolve("inbox").resolve(file.getFileName().toString());
      Files.write(copy, java.util.Arrays.copyOf(whole, cut));
      int acknowledged = 0;
      for (long end : ends) {
        acknowledged += end <= cut ? 1 : 0;
      }
      try (MessageStore store = new StoreFixture(crashed).open()) {
        for (String id : ids.subList(0, acknowledged)) {
          assertThat(store.find(id)).as("cut at " + cut).isPresent();
          assertThat(store.raw(id)).isNotEmpty();
        }
        assertThat(lease(store).isPresent()).isEqualTo(acknowledged > 0);
      }
    }
  }

  @Test
  void aCrashAtAnyByteOfTheOutboxGivesTheSameBytesOrStartsOver() throws Exception {
    Path file;
    String id;
    long before;
    long after;
    try (MessageStore store = fixture.open()) {
      file = newest(home.resolve("outbox"));
      id = receive(store, "x").id();
      before = Files.size(file);
      store.sealed(id, List.of(part(1, 10)));
      after = Files.size(file);
    }
    byte[] whole = Files.readAllBytes(file);
    for (int cut = (int) before; cut <= after; cut += 11) {
      Path crashed = Files.createTempDirectory(home, "cut");
      copy(home.resolve("inbox"), crashed.resolve("inbox"));
      Files.createDirectories(crashed.resolve("outbox"));
      Path copy = crashed.resolve("outbox").resolve(file.getFileName().toString());
      Files.write(copy, java.util.Arrays.copyOf(whole, cut));
      try (MessageStore store = new StoreFixture(crashed).open()) {
        boolean sealed = store.find(id).orElseThrow().state() == MessageState.SEALED;
        assertThat(sealed).isEqualTo(cut >= after);
        assertThat(lease(store).isPresent()).isEqualTo(!sealed);
      }
    }
    try (MessageStore store = fixture.open()) {
      assertThat(store.transactionBytes(part(1, 10).transaction().id()))
          .isEqualTo(part(1, 10).transaction().encoded().toArray());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }

  private static Path newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> Files.isRegularFile(f) && !f.getFileName().toString().equals("lock"))
          .max(java.util.Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private String disk() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(file).append(latin(Files.readAllBytes(file)));
      }
    }
    return all.toString();
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
