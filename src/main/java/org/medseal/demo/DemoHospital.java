package org.medseal.demo;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.medseal.client.AdminClient;
import org.medseal.client.ClientException;
import org.medseal.consortium.ConsortiumPlan.Endpoints;
import org.medseal.demo.DemoReport.DemoUser;

/** One hospital of a demo: its process, its addresses, its people, and clients that speak to it. */
public final class DemoHospital {
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);

  private final String name;
  private final HospitalProcess process;
  private final Endpoints endpoints;
  private final DemoPeople people;
  private final AdminClient nobody;

  DemoHospital(
      String name,
      HospitalProcess process,
      Endpoints endpoints,
      DemoPeople people,
      String authorityPem) {
    this.name = name;
    this.process = process;
    this.endpoints = endpoints;
    this.people = people;
    this.nobody = AdminClient.at(URI.create("https://" + endpoints.admin()), authorityPem);
  }

  public String name() {
    return name;
  }

  public HospitalProcess process() {
    return process;
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  /** Where FHIR is pushed, {@code http://host:port/fhir}. */
  public URI fhir() {
    return URI.create("http://" + endpoints.fhir() + "/fhir");
  }

  public AdminClient nobody() {
    return nobody;
  }

  public AdminClient asAdmin() {
    return as(people.admin());
  }

  public AdminClient asPhysician() {
    return as(people.physician());
  }

  public AdminClient asOperator() {
    return as(people.operator());
  }

  public AdminClient asAuditor() {
    return as(people.auditor());
  }

  public DemoPeople people() {
    return people;
  }

  private AdminClient as(DemoUser user) {
    return nobody.login(user.login(), user.password());
  }

  /** Waits until it takes messages and people. */
  public void awaitReady() {
    Poll.until(name + " being ready", READY_WITHIN, this::readiness);
  }

  private Optional<Boolean> readiness() {
    if (!process.isAlive()) {
      throw new DemoFailure(name + " ended while starting: " + process.lastWords());
    }
    try {
      return nobody.get("/observe/health/ready").status() == 200
          ? Optional.of(true)
          : Optional.empty();
    } catch (ClientException notYet) {
      return Optional.empty();
    }
  }

  DemoReport.Hospital report() {
    return new DemoReport.Hospital(
        name,
        process.pid(),
        process.home().root().toString(),
        endpoints.mllp().port(),
        endpoints.dicom().port(),
        fhir().toString(),
        "https://" + endpoints.admin(),
        endpoints.peer().port(),
        people.all());
  }
}
