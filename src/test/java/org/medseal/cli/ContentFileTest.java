package org.medseal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentFileTest {
  @TempDir private Path folder;

  @Test
  void onlyItsOwnerReadsIt() throws Exception {
    Path file = folder.resolve("message");
    ContentFile.write(file, () -> "MSH".getBytes(StandardCharsets.UTF_8));
    assertThat(file).hasContent("MSH");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void oneThatExistsIsNotOverwrittenAndNothingIsRevealed() throws Exception {
    Path file = Files.writeString(folder.resolve("message"), "before");
    assertThatThrownBy(
            () ->
                ContentFile.write(
                    file,
                    () -> {
                      throw new AssertionError("asked for");
                    }))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("before");
  }

  @Test
  void noFileIsLeftWhereThereIsNoContent() {
    Path file = folder.resolve("message");
    assertThatThrownBy(
            () ->
                ContentFile.write(
                    file,
                    () -> {
                      throw new IllegalStateException("refused");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).doesNotExist();
  }
}
