package org.medseal.connectors.fhirsearch;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where and how a server is asked.
 *
 * @param base of the FHIR server; nothing outside of it is ever asked
 * @param types of resources, each searched by itself in this order
 * @param overlap how far before the newest known change every search begins again: changes may
 *     become visible later than they are dated
 */
public record SearchSettings(
    URI base, List<String> types, Duration overlap, Limits limits, ServerAccess access) {
  /**
   * Bounds of one poll.
   *
   * @param pageSize resources asked for in a page ({@code _count})
   * @param maxPageBytes largest page read
   * @param maxPages of one type in one poll
   * @param timeout of one request, from connecting to the last byte
   */
  public record Limits(int pageSize, int maxPageBytes, int maxPages, Duration timeout) {
    public Limits {
      if (pageSize < 1 || maxPageBytes < 1 || maxPages < 1 || timeout.toMillis() < 1) {
        throw new IllegalArgumentException("limits are positive");
      }
    }

    public static Limits defaults() {
      return new Limits(100, 32 << 20, 10_000, Duration.ofSeconds(60));
    }
  }

  public SearchSettings {
    boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
    if (!http || base.getHost() == null || base.getQuery() != null || base.getUserInfo() != null) {
      throw new IllegalArgumentException("a FHIR base is http(s)://host/path without a query");
    }
    String text = base.toString();
    base = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base;
    types = List.copyOf(types);
    if (types.isEmpty() || !types.stream().allMatch(t -> t.matches("[A-Z][A-Za-z]{1,63}"))) {
      throw new IllegalArgumentException("types are FHIR resource types, one at least");
    }
    if (overlap.isNegative()) {
      throw new IllegalArgumentException("an overlap is not negative");
    }
  }
}
