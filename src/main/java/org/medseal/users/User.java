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
    String id,
    String login,
    String displayName,
    UserState state,
    Set<Role> roles,
    Instant createdAt) {
  public User {
    roles = Set.copyOf(roles);
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }
}
