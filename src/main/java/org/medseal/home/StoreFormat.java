package org.medseal.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The form in which a folder of a home is written: a number in its file {@code format}, so that a
 * MedSeal that would misread it says so instead.
 *
 * @param contents folders of a journal or database that holds something as soon as the store is in
 *     use
 * @param number the only one that this MedSeal reads
 * @param unmarked what a store in use without a number counts as: how it was written before its
 *     number was said
 * @param remedy what to do about another
 */
record StoreFormat(Path folder, List<Path> contents, int number, int unmarked, String remedy) {
  static final String FILE = "format";
  private static final String FRESH = FILE + ".new";
  private static final int MOST_CHARACTERS = 10;
  private static final String DATABASE = ".mv.db";
  private static final String JOURNAL = ".journal";
  private static final int JOURNAL_HEADER_BYTES = 20;

  /** HomeException FORMAT if it is written in another form. */
  void require() {
    if (!Files.exists(file()) && !isUsed()) {
      return;
    }
    String found = Files.exists(file()) ? read() : String.valueOf(unmarked);
    if (!found.equals(String.valueOf(number))) {
      throw new HomeException(
          HomeException.Reason.FORMAT,
          folder
              + " is written in format "
              + found
              + " and this MedSeal reads format "
              + number
              + " only: "
              + remedy
              + " (docs/operations.md, \"A home of another version\")");
    }
  }

  /**
   * Says that what is written there is of this form; a store in use of another is left as it is.
   */
  void mark() {
    if (Files.exists(file()) || (unmarked != number && isUsed())) {
      return;
    }
    Path fresh = folder.resolve(FRESH);
    try {
      Files.writeString(fresh, number + System.lineSeparator(), StandardCharsets.UTF_8);
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file() + ": " + e.getMessage(), e);
    }
  }

  /** Whether the file says nothing but a form. */
  static boolean isMark(Path file) {
    String name = file.getFileName().toString();
    return name.equals(FILE) || name.equals(FRESH);
  }

  private Path file() {
    return folder.resolve(FILE);
  }

  private String read() {
    try {
      String text = Files.readString(file(), StandardCharsets.ISO_8859_1).strip();
      return text.matches("[0-9]{1," + MOST_CHARACTERS + "}") ? text : "unknown";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file() + ": " + e.getMessage(), e);
    }
  }

  private boolean isUsed() {
    return contents.stream().anyMatch(StoreFormat::isUsed);
  }

  private static boolean isUsed(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(StoreFormat::holdsSomething);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + folder + ": " + e.getMessage(), e);
    }
  }

  private static boolean holdsSomething(Path file) {
    String name = file.getFileName().toString();
    try {
      return name.endsWith(DATABASE)
          || (name.endsWith(JOURNAL) && Files.size(file) > JOURNAL_HEADER_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + file + ": " + e.getMessage(), e);
    }
  }
}
