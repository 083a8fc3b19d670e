package org.medseal.connectors.deidentify;

import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;

/**
 * Settings of one feed. {@code defaultAuthority} stands in for identifiers that carry no authority;
 * {@code baseUrl} is the FHIR server whose literal references the feed's resources use; {@code
 * records} says what a Bundle gives.
 */
public record FeedPolicy(
    String feed,
    Optional<String> defaultAuthority,
    UnlistedAuthority unlisted,
    Optional<Charset> defaultCharset,
    Optional<String> baseUrl,
    RecordUnit records) {

  public FeedPolicy {
    if (feed.isBlank()) {
      throw new IllegalArgumentException("a feed has a name");
    }
    Objects.requireNonNull(unlisted);
    Objects.requireNonNull(records);
    defaultAuthority = defaultAuthority.filter(a -> !a.isBlank());
    baseUrl = baseUrl.filter(u -> !u.isBlank());
  }

  /** One record per patient. */
  public FeedPolicy(
      String feed,
      Optional<String> defaultAuthority,
      UnlistedAuthority unlisted,
      Optional<Charset> defaultCharset,
      Optional<String> baseUrl) {
    this(feed, defaultAuthority, unlisted, defaultCharset, baseUrl, RecordUnit.PATIENT);
  }

  public static FeedPolicy of(String feed, UnlistedAuthority unlisted) {
    return new FeedPolicy(feed, Optional.empty(), unlisted, Optional.empty(), Optional.empty());
  }

  /**
   * Authority of an identifier that names none: the feed's default, else one made from its name.
   */
  public String authorityOfUnnamed() {
    return defaultAuthority.orElse("urn:medseal:feed:" + feed);
  }

  /** Authority of literal FHIR references: the feed's base URL, else one made from its name. */
  public String authorityOfReferences() {
    return baseUrl
        .map(u -> u.endsWith("/") ? u.substring(0, u.length() - 1) : u)
        .orElse("urn:medseal:feed:" + feed);
  }
}
