package org.medseal.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Route files as text, by their name below the folder, such as {@code feeds/mllp.yaml}.
 *
 * @param byName sorted by name
 */
public record RouteFiles(SortedMap<String, String> byName) {
  private static final String TEMPLATES = "templates/";

  public RouteFiles {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** The YAML files of some folders; a file of a later folder stands for one of the same name. */
  public static RouteFiles read(List<Path> folders) {
    SortedMap<String, String> files = new TreeMap<>();
    for (Path folder : folders) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.filter(f -> f.toString().endsWith(".yaml")).toList()) {
          String name = folder.relativize(file).toString().replace('\\', '/');
          files.put(name, Files.readString(file, StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("routes cannot be read in " + folder, e);
      }
    }
    return new RouteFiles(files);
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  RouteFiles only(java.util.Set<String> names) {
    SortedMap<String, String> some = new TreeMap<>(byName);
    some.keySet().retainAll(names);
    return new RouteFiles(some);
  }

  /** Templates first, so that the feeds that use them find them. */
  public void loadInto(CamelContext context) throws Exception {
    List<Resource> resources = new ArrayList<>();
    byName.forEach(
        (name, text) ->
            resources.add(
                name.startsWith(TEMPLATES) ? 0 : resources.size(),
                ResourceHelper.fromString(name, text)));
    for (Resource resource : resources) {
      PluginHelper.getRoutesLoader(context).loadRoutes(resource);
    }
  }
}
