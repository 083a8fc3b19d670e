package org.medseal.pages;

/**
 * One page, or one form's target. It holds no rule of its own: what it shows and does comes from
 * {@link PageContext#calls()}.
 *
 * @param method GET or POST; a POST has passed the checks against cross-site requests
 * @param path with {@code {parameters}}, each one segment
 */
public record Page(String method, String path, Audience audience, Handling handling) {

  /** Runs on a worker thread and may block. */
  public interface Handling {
    PageAnswer handle(PageContext context);
  }

  public Page {
    if (!method.equals("GET") && !method.equals("POST")) {
      throw new IllegalArgumentException("pages are read with GET and sent with POST");
    }
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a page's path begins with /");
    }
  }

  public static Page get(String path, Audience audience, Handling handling) {
    return new Page("GET", path, audience, handling);
  }

  public static Page post(String path, Audience audience, Handling handling) {
    return new Page("POST", path, audience, handling);
  }
}
