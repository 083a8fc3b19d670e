package org.medseal.pages;

import java.util.List;
import org.medseal.users.Role;
import org.medseal.users.User;

/** Where one can go from every page, by role. */
public final class Navigation {

  /** Links under one heading; both are keys of texts. */
  public record Group(String title, List<Link> links) {}

  /**
   * One place to go.
   *
   * @param text key of its text
   * @param current whether this page, or one below it, is being looked at
   */
  public record Link(String path, String text, boolean current) {}

  private record Entry(String group, String path, Audience audience) {}

  private static final Audience ALL = Audience.signedIn();
  private static final List<String> GROUPS = List.of("start", "records", "intake", "house");
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("start", "/", ALL),
          new Entry("records", "/search", Audience.anyOf(Role.PHYSICIAN, Role.ADMIN)),
          new Entry("records", "/requests", Audience.anyOf(Role.PHYSICIAN, Role.ADMIN)),
          new Entry("records", "/desk", Audience.anyOf(Role.ADMIN)),
          new Entry("records", "/traces", Audience.anyOf(Role.ADMIN)),
          new Entry("intake", "/feeds", Audience.anyOf(Role.OPERATOR)),
          new Entry("intake", "/messages", Audience.anyOf(Role.OPERATOR)),
          new Entry("house", "/ledger", ALL),
          new Entry("house", "/users", Audience.anyOf(Role.ADMIN)),
          new Entry("house", "/audit", Audience.anyOf(Role.AUDITOR)),
          new Entry("house", "/settings", Audience.anyOf(Role.ADMIN, Role.OPERATOR)));

  private Navigation() {}

  static List<Group> of(User user, String target) {
    return GROUPS.stream()
        .map(name -> new Group("nav." + name, links(name, user, target)))
        .filter(group -> !group.links().isEmpty())
        .toList();
  }

  private static List<Link> links(String group, User user, String target) {
    return ENTRIES.stream()
        .filter(entry -> entry.group().equals(group) && entry.audience().admits(user))
        .map(entry -> new Link(entry.path(), text(entry.path()), isAt(entry.path(), target)))
        .toList();
  }

  private static String text(String path) {
    return path.equals("/") ? "nav.home" : "nav." + path.substring(1);
  }

  private static boolean isAt(String path, String target) {
    String at = target.split("\\?", 2)[0];
    return at.equals(path) || (path.length() > 1 && at.startsWith(path + "/"));
  }
}
