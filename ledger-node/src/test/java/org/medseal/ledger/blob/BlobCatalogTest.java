package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.ledger.blob.BlobContent.blob;
import static org.medseal.ledger.blob.BlobContent.content;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.journal.SimulatedDisk;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/** Which blobs the ledger names. */
class BlobCatalogTest {
  private static final Path FOLDER = Path.of("/home/blobs");
  private static final byte[] CONTENT = content(2 * Payload.Blob.CHUNK_BYTES + 777);

  private final SimulatedDisk disk = new SimulatedDisk();

  @Test
  void theCatalogSurvivesATornTailAndKnowsWhereToReadOn() throws IOException {
    Path path = FOLDER.resolve("catalog");
    List<Payload.Blob> two = List.of(blob(content(70_000)), blob(content(70_001)));
    try (BlobCatalog catalog = BlobCatalog.open(path, disk, each -> {})) {
      catalog.add(3, two);
      catalog.add(4, List.of());
      catalog.add(9, List.of(blob(CONTENT)));
    }
    try (var file = disk.open(path)) {
      file.truncate(3L * BlobCatalog.ENTRY - 1);
    }
    List<Hash> seen = new ArrayList<>();
    try (BlobCatalog catalog = BlobCatalog.open(path, disk, each -> seen.add(each.chunkRoot()))) {
      assertThat(catalog.height()).isEqualTo(2);
      assertThat(seen).isEmpty();
      catalog.add(3, two);
      catalog.add(9, List.of(blob(CONTENT)));
      assertThat(catalog.entries()).isEqualTo(3);
      assertThat(catalog.blobAt(2).orElseThrow().blob()).isEqualTo(blob(CONTENT));
    }
  }

  /** A consortium without images: nothing but marks, some thousand blocks later. */
  @Test
  void marksAreNoBlobs() throws IOException {
    Path path = FOLDER.resolve("catalog");
    try (BlobCatalog catalog = BlobCatalog.open(path, disk, each -> {})) {
      catalog.add(1, List.of(blob(CONTENT)));
      for (long height = 2; height <= 4_000; height++) {
        catalog.add(height, List.of());
      }
    }
    List<Payload.Blob> seen = new ArrayList<>();
    try (BlobCatalog catalog = BlobCatalog.open(path, disk, each -> seen.add(each.blob()))) {
      assertThat(seen).containsExactly(blob(CONTENT));
      assertThat(catalog.height()).isGreaterThan(2_000);
    }
  }
}
