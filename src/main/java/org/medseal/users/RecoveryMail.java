package org.medseal.users;

import java.util.Optional;
import org.medseal.mail.Post;

/**
 * A forgotten password's link by mail. Whoever asks gets no answer and no time to measure: whether
 * there is such a user is found out on the post's thread.
 */
public final class RecoveryMail {
  private final UserStore users;
  private final Post post;

  public RecoveryMail(UserStore users, Post post) {
    this.users = users;
    this.post = post;
  }

  /** Without it an administrator's code is the only way. */
  public boolean isOn() {
    return post.isOn();
  }

  /** Returns at once, whatever the login is. */
  public void ask(String login) {
    post.recovery(
        () ->
            users
                .findByLogin(login)
                .filter(user -> !user.profile().email().isEmpty())
                .flatMap(this::letter));
  }

  private Optional<Post.Recovery> letter(User user) {
    return users
        .recoveries()
        .forMail(user.id())
        .map(
            code ->
                new Post.Recovery(user.profile().email(), code.code(), Recoveries.MAILED_LASTS));
  }
}
