package org.medseal.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of another process with this one's Java and classes. */
public final class OwnJvm {
  private OwnJvm() {}

  public static List<String> command(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }
}
