package org.medseal.acceptance;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.pages.Page;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Looks at the page a browser has open, wide and narrow, light and dark: a picture of each width,
 * and everything that is wrong with it. Faults are collected, so that one page hides no other.
 */
final class Look {
  private static final int WIDE = 1280;
  private static final int NARROW = 390;

  /** Answered by a file, a picture, a part of a page, or by going elsewhere. */
  private static final Set<String> NOTHING_TO_SEE =
      Set.of(
          "/audit/export",
          "/desk/{id}/records/{txId}/download",
          "/desk/{id}/records/{txId}/frame",
          "/feeds/plots",
          "/ledger/find",
          "/ledger/plots",
          "/ledger/transactions/{txId}/proof",
          "/requests/new",
          "/requests/{id}/records/{txId}/download",
          "/requests/{id}/records/{txId}/frame",
          "/traces/{id}/proof");

  private final Path pictures;
  private final List<String> faults = new ArrayList<>();
  private final Set<String> seen = new TreeSet<>();

  Look(Path pictures) {
    this.pictures = pictures;
  }

  /** The open page, as what it is called in the pictures' names. */
  void at(Browser browser, String name) {
    seen.add(browser.path());
    complaints(browser, name);
    if (browser.all("h1").size() != 1) {
      faults.add(name + ": " + browser.all("h1").size() + " headings of the first level");
    }
    if (browser.driver().findElement(By.tagName("html")).getDomAttribute("lang").isBlank()) {
      faults.add(name + ": no language");
    }
    for (int width : new int[] {NARROW, WIDE}) {
      resize(browser.driver(), width);
      overflow(browser, name, width);
      picture(browser.driver(), name + "-" + width);
    }
    for (String scheme : List.of("light", "dark")) {
      scheme(browser.driver(), scheme);
      axe(browser, name + " in " + scheme);
    }
    picture(browser.driver(), name + "-" + WIDE + "-dark");
    scheme(browser.driver(), "light");
    complaints(browser, name);
  }

  /** Pages to be read that were not looked at, so that a new one cannot be forgotten. */
  List<String> unseen(List<Page> pages) {
    List<String> paths =
        pages.stream().filter(each -> each.method().equals("GET")).map(Page::path).toList();
    if (!paths.containsAll(NOTHING_TO_SEE)) {
      throw new IllegalArgumentException("not all of these are pages: " + NOTHING_TO_SEE);
    }
    return paths.stream()
        .filter(each -> !NOTHING_TO_SEE.contains(each))
        .filter(each -> seen.stream().noneMatch(at -> isAt(at, each, paths)))
        .toList();
  }

  /** A path without parameters goes before one with them. */
  private static boolean isAt(String at, String path, List<String> paths) {
    return paths.contains(at)
        ? at.equals(path)
        : at.matches(path.replaceAll("\\{[A-Za-z]+}", "[^/]+"));
  }

  List<String> faults() {
    return faults;
  }

  private void complaints(Browser browser, String name) {
    browser.complaints().forEach(each -> faults.add(name + ": the browser says " + each));
  }

  private void overflow(Browser browser, String name, int width) {
    Object reached = browser.driver().executeScript("return document.documentElement.scrollWidth");
    if (((Number) reached).intValue() > width) {
      Object widest =
          browser
              .driver()
              .executeScript(
                  "return [...document.body.querySelectorAll('*')].filter(e =>"
                      + " e.getBoundingClientRect().right > window.innerWidth).slice(0, 4).map(e =>"
                      + " e.tagName + '.' + e.className)");
      faults.add(name + ": reaches to " + reached + " of " + width + " pixels: " + widest);
    }
  }

  private void axe(Browser browser, String name) {
    for (Rule rule : new AxeBuilder().analyze(browser.driver()).getViolations()) {
      rule.getNodes()
          .forEach(node -> faults.add(name + ": " + rule.getId() + " at " + node.getHtml()));
    }
  }

  private static void resize(ChromeDriver driver, int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width == NARROW));
  }

  private static void scheme(ChromeDriver driver, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  private void picture(ChromeDriver driver, String name) {
    Object taken =
        driver
            .executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
            .get("data");
    try {
      Files.createDirectories(pictures);
      Files.write(pictures.resolve(name + ".png"), Base64.getDecoder().decode((String) taken));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
