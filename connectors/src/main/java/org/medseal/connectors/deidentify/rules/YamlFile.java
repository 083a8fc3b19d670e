package org.medseal.connectors.deidentify.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** A YAML file read with the line of every entry, so that a mistake can be pointed at. */
public final class YamlFile {

  /** A mapping's value with the line it stands on, from 1. */
  public record Entry(Object value, int line) {}

  private final Path path;
  private final byte[] bytes;
  private final MappingNode root;

  private YamlFile(Path path, byte[] bytes, MappingNode root) {
    this.path = path;
    this.bytes = bytes;
    this.root = root;
  }

  public static YamlFile read(Path path) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new DeidConfigException(path, 0, "file", "cannot be read");
    }
    try {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      org.yaml.snakeyaml.DumperOptions dumper = new org.yaml.snakeyaml.DumperOptions();
      Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options);
      Node node = yaml.compose(new java.io.StringReader(new String(bytes, StandardCharsets.UTF_8)));
      if (node instanceof MappingNode mapping) {
        return new YamlFile(path, bytes, mapping);
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new DeidConfigException(path, line, "file", "is not YAML");
    } catch (YAMLException e) {
      throw new DeidConfigException(path, 0, "file", "is not YAML");
    }
    throw new DeidConfigException(path, 1, "file", "must hold a mapping");
  }

  public Path path() {
    return path;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  public Map<String, Entry> root() {
    return entries(root);
  }

  /** The mappings of a list under a key of the root, in order, each key with its line. */
  public List<Map<String, Entry>> list(String key) {
    for (NodeTuple tuple : root.getValue()) {
      if (key.equals(scalar(tuple.getKeyNode()))) {
        return mappings(key, tuple.getValueNode());
      }
    }
    throw new DeidConfigException(path, 0, key, "is missing");
  }

  private List<Map<String, Entry>> mappings(String key, Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      throw new DeidConfigException(path, line(node), key, "must be a list");
    }
    List<Map<String, Entry>> out = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (!(item instanceof MappingNode mapping)) {
        throw new DeidConfigException(path, line(item), key, "must be a list of mappings");
      }
      out.add(entries(mapping));
    }
    return out;
  }

  private Map<String, Entry> entries(MappingNode node) {
    Map<String, Entry> out = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      String key = scalar(tuple.getKeyNode());
      if (out.put(key, new Entry(value(tuple.getValueNode()), line(tuple.getKeyNode()))) != null) {
        throw new DeidConfigException(path, line(tuple.getKeyNode()), key, "stands twice");
      }
    }
    return out;
  }

  private Object value(Node node) {
    if (node instanceof MappingNode mapping) {
      Map<String, Object> out = new LinkedHashMap<>();
      entries(mapping).forEach((k, v) -> out.put(k, v.value()));
      return out;
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(this::value).toList();
    }
    String text = ((ScalarNode) node).getValue();
    return node.getTag().equals(Tag.BOOL) ? (Object) Boolean.valueOf(text) : text;
  }

  private String scalar(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new DeidConfigException(path, line(node), "key", "must be plain");
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
