package org.medseal.routes;

import static org.medseal.routes.RouteException.Reason.GENERATION;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The sets of route files that were applied, each in a folder named by its number, and which of
 * them is in force. A generation is never changed.
 */
public final class Generations {
  private static final String CURRENT = "current";

  private final Path folder;

  public Generations(Path folder) {
    this.folder = folder;
  }

  /** Empty until something was applied: then the files of the installation count. */
  public OptionalInt current() {
    Path file = folder.resolve(CURRENT);
    try {
      return Files.exists(file)
          ? OptionalInt.of(Integer.parseInt(Files.readString(file).strip()))
          : OptionalInt.empty();
    } catch (IOException | NumberFormatException e) {
      throw new RouteException(GENERATION, file + " cannot be read", e);
    }
  }

  /** The newest kept before the one in force. */
  public OptionalInt before() {
    OptionalInt now = current();
    return now.isEmpty()
        ? OptionalInt.empty()
        : numbers().headSet(now.getAsInt()).stream().mapToInt(Integer::intValue).max();
  }

  /** GENERATION if there is none of this number. */
  public RouteFiles read(int number) {
    Path at = folder.resolve(String.valueOf(number));
    if (!Files.isDirectory(at)) {
      throw new RouteException(GENERATION, "there is no generation " + number);
    }
    return RouteFiles.read(List.of(at));
  }

  /** What is in force, or the given files while nothing was applied. */
  public RouteFiles inForce(RouteFiles otherwise) {
    OptionalInt now = current();
    return now.isPresent() ? read(now.getAsInt()) : otherwise;
  }

  /** Keeps the files as a new generation that is not in force yet; gives its number. */
  public int keep(RouteFiles files) {
    int number = numbers().isEmpty() ? 1 : numbers().last() + 1;
    Path fresh = folder.resolve(number + ".new");
    try {
      for (var file : files.byName().entrySet()) {
        Path target = fresh.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.writeString(target, file.getValue(), StandardCharsets.UTF_8);
      }
      Files.move(fresh, folder.resolve(String.valueOf(number)), StandardCopyOption.ATOMIC_MOVE);
      return number;
    } catch (IOException e) {
      throw new UncheckedIOException("no generation can be kept in " + folder, e);
    }
  }

  /** From now on this one counts, also at the next start. */
  public void enforce(int number) {
    read(number);
    replace(folder.resolve(CURRENT), String.valueOf(number));
  }

  /** Deletes the oldest but so many; the one in force and all after it stay. */
  public void prune(int kept) {
    int now = current().orElse(0);
    List<Integer> all = List.copyOf(numbers());
    for (int number : all.subList(0, Math.max(0, all.size() - kept))) {
      if (number < now) {
        drop(number);
      }
    }
  }

  /** Takes an attempt back that never was in force. */
  public void drop(int number) {
    if (current().equals(OptionalInt.of(number))) {
      throw new RouteException(GENERATION, "generation " + number + " is in force");
    }
    try (Stream<Path> all = Files.walk(folder.resolve(String.valueOf(number)))) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("generation " + number + " cannot be removed", e);
    }
  }

  private SortedSet<Integer> numbers() {
    SortedSet<Integer> numbers = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        all.map(p -> p.getFileName().toString())
            .filter(name -> name.matches("[0-9]{1,9}"))
            .forEach(name -> numbers.add(Integer.valueOf(name)));
      } catch (IOException e) {
        throw new UncheckedIOException("generations cannot be listed in " + folder, e);
      }
    }
    return numbers;
  }

  Path folder() {
    return folder;
  }

  static void replace(Path file, String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  static Optional<String> text(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
