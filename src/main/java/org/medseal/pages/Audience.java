package org.medseal.pages;

import java.util.EnumSet;
import java.util.Set;
import org.medseal.users.Role;
import org.medseal.users.User;

/** Whom a page is for. Nobody, unless said. The calls behind it have their own, stricter say. */
public sealed interface Audience {

  /** Without signing in. */
  record Everybody() implements Audience {}

  /** Whoever is signed in, even while no role was given. */
  record SignedIn() implements Audience {}

  /** Whoever is signed in with one of the roles. */
  record AnyOf(Set<Role> roles) implements Audience {
    public AnyOf {
      roles = Set.copyOf(roles);
    }
  }

  static Audience everybody() {
    return new Everybody();
  }

  static Audience signedIn() {
    return new SignedIn();
  }

  static Audience anyOf(Role first, Role... more) {
    return new AnyOf(EnumSet.of(first, more));
  }

  /** Whether this user, signed in, belongs to it. */
  default boolean admits(User user) {
    return !(this instanceof AnyOf anyOf) || anyOf.roles().stream().anyMatch(user::is);
  }
}
