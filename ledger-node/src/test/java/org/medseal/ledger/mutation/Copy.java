package org.medseal.ledger.mutation;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The changed classes of one mutation, to be put before the sound ones on a class path. */
final class Copy {
  private static final Path SOURCES = Path.of("ledger-node/src/main/java/org/medseal/ledger");

  private final Path folder;

  Copy(Path folder) {
    this.folder = folder;
  }

  Path classes() {
    return folder.resolve("classes");
  }

  /** IllegalStateException if a text does not stand there exactly once, or does not compile. */
  void make(Mutation mutation) throws IOException {
    Map<String, String> changed = new LinkedHashMap<>();
    for (Mutation.Patch each : mutation.patches()) {
      String source =
          changed.containsKey(each.file())
              ? changed.get(each.file())
              : Files.readString(SOURCES.resolve(each.file()));
      int at = source.indexOf(each.from());
      if (at < 0 || source.indexOf(each.from(), at + 1) >= 0) {
        throw new IllegalStateException(
            "the text does not stand exactly once in " + each.file() + ": " + each.from());
      }
      changed.put(
          each.file(),
          source.substring(0, at) + each.to() + source.substring(at + each.from().length()));
    }
    Files.createDirectories(classes());
    for (Map.Entry<String, String> each : changed.entrySet()) {
      Path file = folder.resolve("sources").resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
    }
    compile(changed.keySet().stream().map(folder.resolve("sources")::resolve).toList());
  }

  private void compile(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-nowarn",
              "-d",
              classes().toString(),
              "-cp",
              System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!compiled) {
        throw new IllegalStateException("does not compile: " + messages);
      }
    }
  }
}
