package org.medseal.admin;

import java.util.EnumSet;
import java.util.Set;
import org.medseal.users.Role;
import org.medseal.users.Session;

/** Who may make a call. Nobody, unless said. */
sealed interface Access {

  /** Without a login. */
  record Everybody() implements Access {}

  /** Whoever is logged in with one of the roles. */
  record AnyOf(Set<Role> roles) implements Access {
    public AnyOf {
      roles = Set.copyOf(roles);
    }

    boolean allows(Session session) {
      return roles.stream().anyMatch(session.user()::is);
    }
  }

  /** Whoever is logged in, even while no role was given. */
  record LoggedIn() implements Access {}

  /** From this machine, or with any login. */
  record LocalOrLoggedIn() implements Access {}

  static Access everybody() {
    return new Everybody();
  }

  static Access loggedIn() {
    return new LoggedIn();
  }

  static Access anyOf(Role first, Role... more) {
    return new AnyOf(EnumSet.of(first, more));
  }

  static Access localOrLoggedIn() {
    return new LocalOrLoggedIn();
  }
}
