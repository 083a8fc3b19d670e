package org.medseal.bench.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One network namespace a node, joined by two bridges in a namespace of their own: nodes on
 * different bridges do not hear each other, and neither is told. Needs root and Linux.
 */
final class Switchboard implements AutoCloseable {
  private static final String SIDE = "side";

  private final String prefix;
  private final int nodes;
  private final List<String> namespaces = new ArrayList<>();

  Switchboard(int nodes) throws IOException, InterruptedException {
    this.prefix = "medseal" + ProcessHandle.current().pid();
    this.nodes = nodes;
    try {
      add(hub());
      for (int side = 0; side < 2; side++) {
        ip("-n", hub(), "link", "add", "name", SIDE + side, "type", "bridge");
        ip("-n", hub(), "link", "set", SIDE + side, "up");
      }
      for (int node = 0; node < nodes; node++) {
        plug(node);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void plug(int node) throws IOException, InterruptedException {
    String name = namespace(node);
    add(name);
    ip("-n", name, "link", "set", "lo", "up");
    ip("-n", hub(), "link", "add", "name", port(node), "type", "veth", "peer", "name", "eth0");
    ip("-n", hub(), "link", "set", "eth0", "netns", name);
    ip("-n", hub(), "link", "set", port(node), "master", SIDE + 0, "up");
    ip("-n", name, "addr", "add", address(node) + "/24", "dev", "eth0");
    ip("-n", name, "link", "set", "eth0", "up");
  }

  private void add(String namespace) throws IOException, InterruptedException {
    ip("netns", "add", namespace);
    namespaces.add(namespace);
  }

  private String hub() {
    return prefix + "hub";
  }

  private String namespace(int node) {
    return prefix + "n" + node;
  }

  private static String port(int node) {
    return "port" + node;
  }

  static String address(int node) {
    return "10.77.0." + (node + 1);
  }

  /** Put before a command, it runs at that node's place. */
  List<String> inside(int node) {
    return List.of("ip", "netns", "exec", namespace(node));
  }

  /** These nodes hear each other only, and the others each other. */
  void split(Set<Integer> apart) throws IOException, InterruptedException {
    for (int node = 0; node < nodes; node++) {
      String side = SIDE + (apart.contains(node) ? 1 : 0);
      ip("-n", hub(), "link", "set", port(node), "master", side);
    }
  }

  void heal() throws IOException, InterruptedException {
    split(Set.of());
  }

  private static void ip(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }

  @Override
  public void close() {
    for (String namespace : namespaces) {
      try {
        ip("netns", "del", namespace);
      } catch (IOException e) {
        System.err.println(e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    namespaces.clear();
  }
}
