package org.medseal.connectors.deidentify.rules;

import java.nio.file.Path;

/** A configuration file of the de-identification that cannot be used; stops the start. */
public final class DeidConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String key;

  /** {@code line} counts from 1; 0 where the whole file is meant. */
  public DeidConfigException(Path file, int line, String key, String problem) {
    super(file + (line > 0 ? ":" + line : "") + ": " + key + ": " + problem);
    this.file = file.toString();
    this.line = line;
    this.key = key;
  }

  public String file() {
    return file;
  }

  public int line() {
    return line;
  }

  public String key() {
    return key;
  }
}
