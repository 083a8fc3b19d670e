package org.medseal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.DemoReport.DemoUser;
import org.medseal.demo.Poll;
import org.medseal.pages.site.AllPages;
import org.openqa.selenium.By;

/**
 * Four hospitals, each a process, and people with browsers: registering, a second factor, search,
 * request, approval, opening, tracing; and how every page looks.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserStoryTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String AUTHORITY = "2.16.840.1.113883.4.1";
  private static final String PATIENT = "987-65-4320";
  private static final String PASSWORD = "a password of the story";
  private static final String TRUE_DATE = "2026-?03-?12";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Path PICTURES = Path.of("src/target/screenshots");

  private Path folder;
  private Hospitals hospitals;
  private StorySamples samples;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    Optional<String> missing = Browser.missing();
    if (System.getenv("CI") == null) {
      assumeTrue(missing.isEmpty(), () -> missing.orElse("") + ": browser story not run");
    }
    assertThat(missing).isEmpty();
    folder = temporary;
    hospitals = Hospitals.start(folder.resolve("hospitals"), UnlistedAuthority.QUARANTINE);
    samples = StorySamples.sendTo(hospitals);
  }

  @AfterAll
  void stop() {
    if (hospitals != null) {
      hospitals.close();
    }
  }

  private static URI site(DemoHospital hospital) {
    return URI.create("https://" + hospital.endpoints().admin());
  }

  private Browser browser(DemoHospital hospital) throws Exception {
    return Browser.at(site(hospital), Files.createTempDirectory(folder, "profile"));
  }

  private Browser signedIn(DemoHospital hospital, DemoUser user) throws Exception {
    Browser browser = browser(hospital);
    signIn(browser.open("/sign-in"), user.login(), user.password());
    return browser;
  }

  private static void signIn(Browser browser, String login, String password) {
    browser
        .fill("/sign-in", "login", login)
        .fill("/sign-in", "password", password)
        .send("/sign-in");
  }

  @Test
  void fromRegisteringToTheSignersName() throws Exception {
    DemoHospital a = hospitals.hospital(1);
    DemoHospital b = hospitals.hospital(2);
    Look look = new Look(PICTURES);
    String login = "dr-" + HexFormat.of().toHexDigits(RANDOM.nextInt());
    try (Browser doctor = browser(b);
        Browser administrator = signedIn(b, b.people().admin());
        Browser custodian = signedIn(a, a.people().admin())) {
      look.at(administrator, "home-administrator");
      register(doctor, login, look);
      approve(administrator, login, look);
      secondFactor(doctor, login, look);
      String request = ask(doctor, look);
      decide(custodian, request, look);
      read(doctor, request, look);
      String trace = trace(custodian, administrator, look);
      assertThat(custodian.the(".finding-name").getText()).isEqualTo("hospital-1");
      lookAround(new Visits(custodian, doctor, request, trace), look);
    } finally {
      look.faults().forEach(System.out::println); // also when the story itself comes to a halt
    }
    assertThat(look.faults()).as("faults of the pages").isEmpty();
    assertThat(look.unseen(AllPages.list())).as("pages nobody looked at").isEmpty();
  }

  private static void register(Browser doctor, String login, Look look) {
    doctor.open("/sign-up");
    look.at(doctor, "sign-up");
    doctor
        .fill("/sign-up", "displayName", "Dr Story 顾")
        .fill("/sign-up", "login", login)
        .fill("/sign-up", "password", PASSWORD)
        .fill("/sign-up", "again", PASSWORD)
        .send("/sign-up");
    look.at(doctor, "signed-up");
    doctor.open("/sign-in");
    look.at(doctor, "sign-in");
    doctor
        .fill("/sign-in", "login", login)
        .fill("/sign-in", "password", PASSWORD)
        .click("form[action='/sign-in'] button[type='submit']");
    assertThat(doctor.has("[role='alert']")).as("not approved yet").isTrue();
    doctor.complaints(); // 401 is what it was
    look.at(doctor, "sign-in-refused");
    doctor.open("/recover");
    look.at(doctor, "recover");
  }

  private static void approve(Browser administrator, String login, Look look) {
    administrator.open("/users?q=" + login);
    look.at(administrator, "users");
    administrator.click("main a[href^='/users/']");
    look.at(administrator, "user");
    administrator.choose("/approve", "roles", "PHYSICIAN").send("/approve");
    assertThat(administrator.has("form[action$='/approve']")).isFalse();
  }

  private static void secondFactor(Browser doctor, String login, Look look) throws Exception {
    signIn(doctor.open("/sign-in"), login, PASSWORD);
    doctor.open("/me");
    look.at(doctor, "me");
    doctor.fill("/me/totp", "password", "not my password").click("form[action='/me/totp'] button");
    assertThat(doctor.has("[role='alert']")).as("the password is asked for again").isTrue();
    doctor.complaints(); // 403 is what it was
    look.at(doctor, "second-factor-refused");
    doctor.fill("/me/totp", "password", PASSWORD).send("/me/totp");
    look.at(doctor, "second-factor");
    String secret = doctor.the("code.secret").getText();
    doctor
        .fill("/me/totp/confirm", "totp", OneTimeCode.of(secret, Instant.now()))
        .send("/me/totp/confirm");
    assertThat(doctor.all(".codes li")).hasSizeGreaterThan(5);
    look.at(doctor, "spare-codes");
    doctor.open("/").send("/sign-out");
    doctor
        .open("/sign-in")
        .fill("/sign-in", "login", login)
        .fill("/sign-in", "password", PASSWORD)
        .click("form[action='/sign-in'] button[type='submit']");
    assertThat(doctor.has("[name='totp']")).as("asks for the second factor").isTrue();
    doctor.complaints(); // 401 is what it was
    look.at(doctor, "sign-in-second-factor");
    doctor
        .fill("/sign-in", "login", login)
        .fill("/sign-in", "password", PASSWORD)
        .fill("/sign-in", "totp", OneTimeCode.next(secret))
        .send("/sign-in");
    assertThat(doctor.path()).isEqualTo("/");
    look.at(doctor, "home-physician");
  }

  /** The request's path. */
  private String ask(Browser doctor, Look look) {
    doctor.open("/search");
    look.at(doctor, "search");
    doctor.choose("/search", "authority", AUTHORITY).fill("/search", "id", PATIENT).send("/search");
    assertThat(doctor.all("input[type='checkbox'][name='record']"))
        .hasSize(samples.records().size());
    look.at(doctor, "search-found");
    doctor.send("/requests/new", "scope", "all");
    doctor
        .choose("/requests", "purpose", "TREATMENT")
        .fill("/requests", "justification", "Admitted to our cardiology ward.");
    look.at(doctor, "request-new");
    doctor.send("/requests");
    assertThat(doctor.path()).matches("/requests/[0-9a-f]{64}");
    look.at(doctor, "request-open");
    return doctor.path();
  }

  private static void decide(Browser custodian, String request, Look look) {
    String desk = "/desk" + request.substring("/requests".length());
    custodian.open("/desk");
    until(custodian, desk, "form[action$='/approve']");
    look.at(custodian, "desk-request");
    custodian.click("main a[href^='" + desk + "/records/']");
    look.at(custodian, "desk-review");
    custodian.open(desk).fill("/approve", "reply", "For this admission.").send("/approve");
    custodian.open("/desk");
    look.at(custodian, "desk");
  }

  private void read(Browser doctor, String request, Look look) {
    until(doctor, request, "main a[href^='" + request + "/records/']");
    look.at(doctor, "request-approved");
    for (StorySamples.Sent each : samples.oneOfEachFormat()) {
      doctor.open(request + "/records/" + each.txId());
      assertThat(doctor.text()).as(each.format()).contains(each.shows());
      assertThat(doctor.text()).as(each.format()).doesNotContain(PATIENT, "987654320");
      look.at(doctor, "record-" + each.format().toLowerCase(Locale.ROOT));
    }
    trueDates(doctor, request, look);
    doctor.open("/requests");
    look.at(doctor, "requests");
  }

  private void trueDates(Browser doctor, String request, Look look) {
    String record = request + "/records/" + samples.of("HL7V2").txId();
    doctor.open(record);
    assertThat(doctor.text()).doesNotContainPattern(TRUE_DATE);
    doctor.click("a[href='" + record + "/dates']");
    look.at(doctor, "true-dates-asked");
    doctor
        .choose("/dates", "authority", AUTHORITY)
        .fill("/dates", "id", "123-45-6789")
        .click("form[action$='/dates'] button[value='page']");
    assertThat(doctor.has("[role='alert']")).as("of another patient").isTrue();
    doctor.complaints(); // 409 is what it was
    look.at(doctor, "true-dates-refused");
    doctor
        .choose("/dates", "authority", AUTHORITY)
        .fill("/dates", "id", PATIENT)
        .send("/dates", "as", "page");
    assertThat(doctor.text()).containsPattern(TRUE_DATE).doesNotContain(PATIENT);
    look.at(doctor, "true-dates");
  }

  /** The trace's path. */
  private String trace(Browser custodian, Browser administrator, Look look) {
    custodian
        .open("/traces")
        .fill("/traces", "txId", samples.records().get(0).txId())
        .fill("/traces", "justification", "Suspected wrong patient.")
        .send("/traces");
    String trace = custodian.path();
    assertThat(trace).matches("/traces/[0-9a-f]{64}");
    custodian.send("/approve");
    look.at(custodian, "trace-open");
    until(administrator, trace, "form[action$='/approve']");
    administrator.send("/approve");
    until(custodian, trace, ".finding-name");
    look.at(custodian, "trace");
    assertThat(custodian.fetched(trace + "/proof")).startsWith("200 application/");
    custodian.open("/traces");
    look.at(custodian, "traces");
    custodian.open(trace);
    return trace;
  }

  /** Opens the page until this is on it: other nodes learn of a block a moment later. */
  private static void until(Browser browser, String path, String css) {
    Poll.until(
        css + " on " + path,
        SOON,
        () -> browser.open(path).has(css) ? Optional.of(true) : Optional.empty());
    browser.complaints(); // not found, before it was there
  }

  private record Visits(Browser custodian, Browser doctor, String request, String trace) {}

  /** All pages the story has not come by, and the languages. */
  private void lookAround(Visits visits, Look look) throws Exception {
    Browser custodian = visits.custodian();
    for (String path :
        List.of(
            "/traces/group", "/settings", "/ledger", "/ledger/validators", "/ledger/governance")) {
      custodian.open(path);
      look.at(custodian, path.substring(1).replace('/', '-'));
    }
    custodian.open("/ledger/blocks");
    look.at(custodian, "blocks");
    custodian.open("/ledger/blocks/1");
    look.at(custodian, "block");
    custodian.click("main a[href^='/ledger/transactions/']");
    look.at(custodian, "transaction");
    assertThat(custodian.fetched(custodian.path() + "/proof")).startsWith("200 application/");
    custodian.open("/no-such-page");
    custodian.complaints(); // 404 is what it is
    look.at(custodian, "not-found");
    DemoHospital b = hospitals.hospital(2);
    try (Browser operator = signedIn(b, b.people().operator())) {
      for (String path : List.of("/feeds", "/messages")) {
        operator.open(path);
        look.at(operator, path.substring(1));
      }
      keptBack(operator, look);
    }
    try (Browser auditor = signedIn(b, b.people().auditor())) {
      auditor.open("/audit");
      look.at(auditor, "audit");
    }
    chinese(visits, look);
  }

  private static void keptBack(Browser operator, Look look) {
    operator.open("/messages?state=QUARANTINED").click("main td a[href^='/messages/']");
    look.at(operator, "message");
    String message = operator.path();
    operator.click("a[href='" + message + "/dry-run']");
    look.at(operator, "dry-run");
    operator.open(message).click("a[href='" + message + "/reveal']");
    look.at(operator, "reveal");
    operator.choose("/reveal", "understood", "yes").send("/reveal");
    assertThat(operator.text()).contains("this is no HL7 at all");
    look.at(operator, "revealed");
    operator.open("/messages/reprocess?state=QUARANTINED");
    look.at(operator, "reprocess");
    operator.send("/messages/reprocess");
    assertThat(operator.path()).startsWith("/messages/jobs/");
    look.at(operator, "job");
  }

  private static void chinese(Visits visits, Look look) {
    Browser doctor = visits.doctor();
    doctor.open("/");
    doctor.the(".prefs summary").click();
    doctor.send("/preferences", "language", "zh");
    assertThat(doctor.driver().findElement(By.tagName("html")).getDomAttribute("lang"))
        .startsWith("zh");
    for (String path : List.of("/", "/search", "/requests", "/me", visits.request())) {
      doctor.open(path);
      String name = path.length() > 20 ? "request" : path.equals("/") ? "home" : path.substring(1);
      look.at(doctor, name + "-zh");
      assertThat(doctor.text()).as(path).containsPattern("[\\u4e00-\\u9fff]{2}");
    }
  }

  @Test
  void withoutScriptsTheBasicsWork() throws Exception {
    DemoHospital b = hospitals.hospital(2);
    DemoUser physician = b.people().physician();
    try (Browser browser = browser(b).withoutScripts()) {
      signIn(browser.open("/sign-in"), physician.login(), physician.password());
      assertThat(browser.path()).isEqualTo("/");
      browser
          .open("/search")
          .choose("/search", "authority", AUTHORITY)
          .fill("/search", "id", PATIENT)
          .send("/search");
      browser.send("/requests/new", "scope", "all");
      browser
          .choose("/requests", "purpose", "TREATMENT")
          .fill("/requests", "justification", "Without scripts.")
          .send("/requests");
      String request = browser.path();
      assertThat(request).matches("/requests/[0-9a-f]{64}");
      browser.open("/requests");
      assertThat(browser.has("main a[href='" + request + "']")).isTrue();
      browser.send("/sign-out");
      browser.open("/requests");
      assertThat(browser.path()).isEqualTo("/sign-in");
    }
  }
}
