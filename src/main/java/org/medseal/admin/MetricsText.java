package org.medseal.admin;

/**
 * Prometheus text, version 0.0.4: families, each announced once with what it means, and samples
 * under them.
 */
final class MetricsText {
  private final StringBuilder text = new StringBuilder();

  /** What the following samples are of. */
  void gauge(String name, String help) {
    family(name, "gauge", help);
  }

  /** Only grows while the node runs. */
  void counter(String name, String help) {
    family(name, "counter", help);
  }

  private void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /** A family of one sample. */
  void gauge(String name, String help, long value) {
    gauge(name, help);
    text.append(name).append(' ').append(value).append('\n');
  }

  void sample(String name, String label, String labelled, long value) {
    labelled(name, label(label, labelled), value);
  }

  void sample(String name, String feed, String label, String labelled, long value) {
    labelled(name, label("feed", feed) + "," + label(label, labelled), value);
  }

  /** One that stands. */
  void alert(String name, String kind, String subject) {
    labelled(name, label("kind", kind) + "," + label("subject", subject), 1);
  }

  private void labelled(String name, String labels, long value) {
    text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }

  private static String label(String name, String value) {
    String safe = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + safe + "\"";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
