package org.medseal.users;

import java.time.Instant;
import java.util.Set;

/**
 * A person known to this institution's node.
 *
 * @param id made here; never reused
 * @param login lower case, unique
 */
public record User(
    String id, String login, Profile profile, UserState state, Set<Role> roles, Instant createdAt) {
  public User {
    roles = Set.copyOf(roles);
  }

  public String displayName() {
    return profile.displayName();
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }
}
