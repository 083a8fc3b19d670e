package org.medseal.connectors.dicomnet;

import java.util.Optional;
import java.util.Set;

/**
 * Which application entities may do what. An empty set of titles stands for all of them, except
 * among those that may store.
 *
 * @param called titles this server answers to
 * @param calling titles that may open an association
 * @param storing those of them that may store, others may only verify; absent for all of them
 * @param moreSopClasses UIDs taken besides the storage classes of PS3.4, such as private ones
 * @param refusesUserIdentity whether a request with a user identity (PS3.7 annex D.3.3.7) is
 *     rejected; nobody here can check one, and read over it may be taken for believed
 */
public record AePolicy(
    Set<String> called,
    Set<String> calling,
    Optional<Set<String>> storing,
    Set<String> moreSopClasses,
    boolean refusesUserIdentity) {
  private static final int MAX_TITLE = 16;

  public AePolicy {
    called = titles(called);
    calling = titles(calling);
    storing = storing.map(AePolicy::titles);
    moreSopClasses = Set.copyOf(moreSopClasses);
    for (String uid : moreSopClasses) {
      if (!Uids.isValid(uid)) {
        throw new IllegalArgumentException("not a UID: " + uid);
      }
    }
  }

  /** User identities are read over. */
  public AePolicy(
      Set<String> called,
      Set<String> calling,
      Optional<Set<String>> storing,
      Set<String> moreSopClasses) {
    this(called, calling, storing, moreSopClasses, false);
  }

  /** Everybody, under any title. */
  public static AePolicy open() {
    return new AePolicy(Set.of(), Set.of(), Optional.empty(), Set.of());
  }

  boolean answersTo(String title) {
    return called.isEmpty() || called.contains(title);
  }

  boolean mayAssociate(String title) {
    return calling.isEmpty() || calling.contains(title);
  }

  boolean mayStore(String title) {
    return storing.isEmpty() || storing.get().contains(title);
  }

  /** PS3.5 section 6.2: up to 16 printable characters, no backslash, spaces around not counted. */
  private static Set<String> titles(Set<String> titles) {
    for (String title : titles) {
      if (title.isBlank()
          || title.length() > MAX_TITLE
          || !title.equals(title.strip())
          || !title.matches("[ -~&&[^\\\\]]+")) {
        throw new IllegalArgumentException("not an application entity title: " + title);
      }
    }
    return Set.copyOf(titles);
  }
}
