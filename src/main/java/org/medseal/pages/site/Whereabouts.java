package org.medseal.pages.site;

import java.util.List;
import java.util.regex.Pattern;
import org.medseal.pages.LocalPath;
import org.medseal.pages.Page;
import org.medseal.pages.PageRequest;

/** Which page a visitor is at, after a form was sent too: that which is read nearest above it. */
final class Whereabouts {
  private final List<Pattern> readable;

  Whereabouts(List<Page> pages) {
    readable =
        pages.stream()
            .filter(page -> page.method().equals("GET"))
            .map(page -> Pattern.compile(page.path().replaceAll("\\{[A-Za-z]+}", "[^/]+")))
            .toList();
  }

  /** With its query if it was read as asked. */
  String of(PageRequest request) {
    String target = LocalPath.orHome(request.target());
    String path = target.split("[?#]", 2)[0];
    if (isReadable(path)) {
      return target;
    }
    while (path.lastIndexOf('/') > 0) {
      path = path.substring(0, path.lastIndexOf('/'));
      if (isReadable(path)) {
        return path;
      }
    }
    return "/";
  }

  private boolean isReadable(String path) {
    return readable.stream().anyMatch(page -> page.matcher(path).matches());
  }
}
