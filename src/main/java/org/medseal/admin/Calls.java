package org.medseal.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.medseal.anchoring.Anchoring;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEvents;
import org.medseal.group.SigningGroup;
import org.medseal.ledger.api.Ledger;
import org.medseal.requests.AccessRequests;
import org.medseal.requests.Custody;
import org.medseal.requests.GrantedRecords;
import org.medseal.requests.InstitutionLedger;
import org.medseal.requests.RecordSearch;
import org.medseal.requests.TreatmentDates;
import org.medseal.tracing.Traces;
import org.medseal.users.Logins;
import org.medseal.users.RoleKeyStores;
import org.medseal.users.Session;
import org.medseal.users.UserStore;

/** All calls of the endpoint over one set of services. */
final class Calls {
  static final String OPENAPI = "/openapi/medseal.yaml";

  private Calls() {}

  static List<Call> all(
      AdminServices services,
      AdminLimits limits,
      InstitutionLedger acting,
      Consumer<Session> onLogin) {
    Ledger ledger = services.ledger();
    UserStore users = services.people().users();
    Clock clock = Clock.systemUTC();
    LookUpLimit lookUps =
        new LookUpLimit(limits.lookUpBurst(), limits.lookUpsPerSecond(), System::nanoTime);
    AccessRequests requests = new AccessRequests(acting, limits.terms(), clock);
    Logins logins = new Logins(users, new RoleKeyStores(services.people().keysFolder()));
    List<Call> calls = new ArrayList<>();
    calls.addAll(new AuthCalls(services.people(), logins, onLogin).calls());
    calls.addAll(
        new MeCalls(services.people(), logins, new MeCalls.Keys(ledger.institution(), onLogin))
            .calls());
    calls.addAll(new UserCalls(users).calls());
    calls.addAll(new AuthorityCalls(services.patients().authorities()).calls());
    RecordSearch search = search(services, clock);
    GrantedRecords granted = new GrantedRecords(acting, requests);
    calls.addAll(new RecordCalls(ledger, search, lookUps).calls());
    calls.addAll(
        new RequestCalls(
                ledger,
                new RequestCalls.Sharing(
                    requests,
                    new Custody(acting, requests),
                    granted,
                    new TreatmentDates(granted, search, services.patients().trueDates()),
                    search),
                lookUps)
            .calls());
    calls.addAll(new TraceCalls(new Traces(acting, users.traceApprovers())).calls());
    calls.addAll(new GroupCalls(new SigningGroup(acting, services.keys())).calls());
    AdminServices.Intake intake = services.intake();
    calls.addAll(new FeedCalls(intake).calls());
    calls.addAll(new MessageCalls(intake.messages(), intake.reprocessing()).calls());
    calls.addAll(new LedgerCalls(ledger).calls());
    calls.addAll(new BlockCalls(ledger).calls());
    calls.addAll(new SeriesCalls(intake.series()).calls());
    calls.addAll(new LedgerAuditCalls(ledger).calls());
    calls.addAll(new MembershipCalls(acting).calls());
    calls.addAll(new CustodianCalls(acting).calls());
    calls.addAll(
        new AuditCalls(
                new AuditEvents(services.people().audit(), ledger.institution(), "/api/v1/audit"),
                Anchoring.of(ledger, services.people().audit()))
            .calls());
    calls.addAll(new SettingsCalls(services.examination()).calls());
    calls.addAll(new HealthCalls(ledger, users, intake).calls());
    calls.add(openApi());
    return calls;
  }

  private static RecordSearch search(AdminServices services, Clock clock) {
    return new RecordSearch(
        services.ledger(),
        services.keys(),
        services.patients().authorities(),
        services.patients().localRecords(),
        clock);
  }

  private static Call openApi() {
    byte[] document = resource();
    return new Call(
        "GET",
        "/openapi.yaml",
        Access.everybody(),
        AuditAction.CALL,
        exchange -> Answer.content("application/yaml", document));
  }

  private static byte[] resource() {
    try (InputStream in = Calls.class.getResourceAsStream(OPENAPI)) {
      if (in == null) {
        throw new IllegalStateException(OPENAPI + " is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
