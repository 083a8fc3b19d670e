package org.medseal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.medseal.demo.Poll;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** One person's own browser: Debian's chromium without a screen, at one hospital. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** Says at each start that it knows no newer protocol, which is not used. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private final ChromeDriver driver;
  private final URI site;

  /** What is missing to run one; empty when nothing is. */
  static Optional<String> missing() {
    return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER)
        ? Optional.empty()
        : Optional.of("no Debian chromium and chromium-driver here");
  }

  /**
   * @param profile folder of its own
   * @param trustedKey SHA-256 of the hospital's public key, Base64: what the test has verified with
   *     the consortium's authority
   */
  private Browser(URI site, Path profile, String trustedKey) {
    this.site = site;
    SELENIUM.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // chromium has none for root
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--lang=en",
        "--accept-lang=en",
        "--user-data-dir=" + profile,
        "--ignore-certificate-errors-spki-list=" + trustedKey);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    this.driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .usingAnyFreePort()
                .build(),
            options);
    driver.manage().timeouts().pageLoadTimeout(ANSWER_WITHIN).scriptTimeout(ANSWER_WITHIN);
  }

  static Browser at(URI site, Path profile) throws Exception {
    return new Browser(site, profile, ServerKeys.pinOf(site));
  }

  /** From now on no script of a page runs. */
  Browser withoutScripts() {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    driver.get("data:text/html,<title>off</title><script>document.title='on'</script>");
    assertThat(driver.getTitle()).isEqualTo("off");
    return this;
  }

  ChromeDriver driver() {
    return driver;
  }

  Browser open(String path) {
    driver.get(site.resolve(path).toString());
    return this;
  }

  /** Path of the page that is open, without its query. */
  String path() {
    return URI.create(driver.getCurrentUrl()).getPath();
  }

  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  boolean has(String css) {
    return !all(css).isEmpty();
  }

  WebElement the(String css) {
    List<WebElement> found = all(css);
    assertThat(found).as(css + " on " + path() + ":\n" + text()).isNotEmpty();
    return found.get(0);
  }

  /** Types into the field of this name in the form that goes to this path. */
  Browser fill(String action, String name, String value) {
    WebElement field = the(form(action) + " [name='" + name + "']");
    field.clear();
    field.sendKeys(value);
    return this;
  }

  /** Takes the option, radio button or checkbox of this value. */
  Browser choose(String action, String name, String value) {
    String within = form(action) + " ";
    String box = within + "input[name='" + name + "'][value='" + value + "']";
    WebElement choice =
        has(box) ? the(box) : the(within + "[name='" + name + "'] option[value='" + value + "']");
    if (!choice.isSelected()) {
      choice.click();
    }
    return this;
  }

  /** Sends the form that goes to this path; waits for the next page, which says no refusal. */
  Browser send(String action) {
    return press(form(action) + " button[type='submit']");
  }

  /** As {@link #send}, with the button of this name and value. */
  Browser send(String action, String name, String value) {
    return press(form(action) + " button[name='" + name + "'][value='" + value + "']");
  }

  Browser press(String css) {
    click(css);
    assertThat(all("[role='alert']")).as("on " + path() + ":\n" + text()).isEmpty();
    return this;
  }

  /** Presses, and waits until the page that was open has gone. */
  Browser click(String css) {
    WebElement pressed = the(css);
    WebElement page = driver.findElement(By.tagName("html"));
    pressed.click();
    Poll.until(
        "the answer to " + css,
        ANSWER_WITHIN,
        () -> hasGone(page) ? Optional.of(true) : Optional.empty());
    return this;
  }

  /** The driver says so in two ways: asked while the pages change, as a fault of the inspector. */
  private static boolean hasGone(WebElement page) {
    try {
      return !page.isEnabled();
    } catch (StaleElementReferenceException gone) {
      return true;
    } catch (WebDriverException e) {
      if (e.getRawMessage().contains("does not belong to the document")) {
        return true;
      }
      throw e;
    }
  }

  /** Status and media type of what this address answers, for what a browser saves unseen. */
  String fetched(String path) {
    Object answer =
        driver.executeAsyncScript(
            "const done = arguments[1]; fetch(arguments[0]).then(answer => done(answer.status + ' ' +"
                + " answer.headers.get('Content-Type')), fault => done('' + fault))",
            path);
    return String.valueOf(answer);
  }

  private static String form(String action) {
    return "form[action$='" + action + "']";
  }

  /** Errors and violations the browser has noted since it was last asked. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
