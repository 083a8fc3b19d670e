package org.medseal.users;

import java.util.Optional;

/**
 * Which users a list shows, by login.
 *
 * @param text part of login, display name or licence number, whatever its case; empty for all
 * @param after id of the last user seen; empty for the first page
 * @param limit most users of the page
 */
public record UserFilter(
    Optional<UserState> state, Optional<Role> role, String text, String after, int limit) {
  public static UserFilter all() {
    return new UserFilter(Optional.empty(), Optional.empty(), "", "", Integer.MAX_VALUE);
  }
}
