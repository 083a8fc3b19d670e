package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.medseal.connectors.dicom.Programs;

/** Other people's judgement on what was released. */
final class Oracle {
  private Oracle() {}

  /** What a script that lies beside this class prints, run by Debian's Python. */
  static String python(Path scratch, String script, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Programs.requirePydicom().toString());
    command.add(resource(scratch, script).toString());
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    return Programs.run(command).output();
  }

  /** A copy of what lies beside this class. */
  static Path resource(Path scratch, String name) throws IOException {
    try (InputStream source = Oracle.class.getResourceAsStream(name)) {
      return Files.write(scratch.resolve(name), source.readAllBytes());
    }
  }
}
