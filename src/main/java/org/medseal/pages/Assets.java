package org.medseal.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.medseal.crypto.Digests;

/**
 * Style sheet, script and pictures, each under a path that holds its content's hash: what a path
 * answers never changes.
 */
public final class Assets {
  public static final String PREFIX = "/assets/";
  private static final int HASH_CHARS = 16;

  /** One file and its type. */
  @SuppressWarnings("ArrayRecordComponent") // never written to
  public record Asset(String mediaType, byte[] content) {}

  private final Map<String, Asset> byPath = new LinkedHashMap<>();
  private final Map<String, String> paths = new LinkedHashMap<>();

  private Assets() {}

  /** All of them, from the class path. */
  public static Assets load() {
    Assets assets = new Assets();
    assets.add("medseal.css", "/assets/medseal.css", "text/css; charset=utf-8");
    assets.add("icon.svg", "/assets/icon.svg", "image/svg+xml");
    assets.add(
        "htmx.js",
        "/META-INF/resources/webjars/htmx.org/2.0.8/dist/htmx.min.js",
        "text/javascript; charset=utf-8");
    return assets;
  }

  private void add(String name, String resource, String mediaType) {
    byte[] content = read(resource);
    String hash = HexFormat.of().formatHex(Digests.sha256(content)).substring(0, HASH_CHARS);
    String path = PREFIX + hash + "/" + name;
    paths.put(name, path);
    byPath.put(path, new Asset(mediaType, content));
  }

  /** Where a page finds it. */
  public String href(String name) {
    String path = paths.get(name);
    if (path == null) {
      throw new IllegalArgumentException("there is no asset " + name);
    }
    return path;
  }

  public Optional<Asset> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  private static byte[] read(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
