package org.medseal.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.medseal.consortium.ConsortiumPlan;
import org.medseal.consortium.ConsortiumPlan.Endpoints;
import org.medseal.consortium.ConsortiumPlan.Holder;
import org.medseal.consortium.ConsortiumPlan.RoleHolders;
import org.medseal.consortium.FoundConsortium;
import org.medseal.consortium.FreePorts;
import org.medseal.demo.DemoReport.DemoUser;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;
import org.medseal.users.Role;
import org.medseal.users.UserStore;

/** A consortium of hospitals on this machine, one process each, under one folder. */
public final class DemoConsortium implements AutoCloseable {
  private static final int FIRST_PORT = 20_101;
  private static final String CA_FILE = "ca.pem";

  private final Path folder;
  private final List<DemoHospital> hospitals;

  private DemoConsortium(Path folder, List<DemoHospital> hospitals) {
    this.folder = folder;
    this.hospitals = List.copyOf(hospitals);
  }

  /** Founds it in an empty folder; nothing runs yet. */
  public static DemoConsortium found(DemoOptions options) {
    return found(options, new FreePorts(FIRST_PORT));
  }

  /** As above, on whatever ports are free. */
  public static DemoConsortium foundAnywhere(DemoOptions options) {
    return found(options, FreePorts.anywhere());
  }

  private static DemoConsortium found(DemoOptions options, FreePorts ports) {
    List<Long> stakes = ConsortiumPlan.stakes(options.hospitals());
    List<DemoPeople> people = new ArrayList<>();
    List<ConsortiumPlan.Hospital> planned = new ArrayList<>();
    for (int i = 0; i < options.hospitals(); i++) {
      String name = "hospital-" + (i + 1);
      Home home = new Home(options.home().resolve(name));
      people.add(DemoPeople.of(i));
      planned.add(
          new ConsortiumPlan.Hospital(
              name,
              home.root(),
              Endpoints.onLoopback(ports),
              stakes.get(i),
              Passphrase.writeGenerated(Passphrase.besideOf(home))));
    }
    DemoUser custodian = people.get(0).admin();
    DemoUser opener = people.get(Math.min(1, people.size() - 1)).admin();
    RoleHolders holders = new RoleHolders(holder(custodian), holder(custodian), holder(opener));
    String authority =
        new FoundConsortium(new SecureRandom(), System.currentTimeMillis())
            .found(new ConsortiumPlan("medseal-demo", planned, holders));
    writeAuthority(options.home(), authority);
    List<DemoHospital> hospitals = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      hospitals.add(hospital(planned.get(i), people.get(i), authority, options));
    }
    return new DemoConsortium(options.home(), hospitals);
  }

  private static DemoHospital hospital(
      ConsortiumPlan.Hospital plan, DemoPeople people, String authority, DemoOptions options) {
    Home home = new Home(plan.home());
    try (UserStore users = UserStore.open(home.people())) {
      users.createFirstAdmin(people.admin().login(), people.admin().password(), Set.of(Role.ADMIN));
    }
    HospitalProcess process = new HospitalProcess(home, options.runOptions());
    return new DemoHospital(plan.name(), process, plan.endpoints(), people, authority);
  }

  private static Holder holder(DemoUser user) {
    return new Holder(List.of(user.login()), user.password().toCharArray());
  }

  private static void writeAuthority(Path folder, String authorityPem) {
    try {
      Files.writeString(folder.resolve(CA_FILE), authorityPem);
    } catch (IOException e) {
      throw new DemoFailure("cannot write " + folder.resolve(CA_FILE) + ": " + e, e);
    }
  }

  /** Starts every process and waits until all are ready. */
  public void start() {
    hospitals.forEach(hospital -> hospital.process().start());
    hospitals.forEach(DemoHospital::awaitReady);
  }

  /** Registers everybody at every hospital, and has them approved there. */
  public void registerPeople() {
    hospitals.forEach(hospital -> hospital.people().register(hospital.nobody()));
  }

  public List<DemoHospital> hospitals() {
    return hospitals;
  }

  /** From 1, as in the hospitals' names. */
  public DemoHospital hospital(int number) {
    return hospitals.get(number - 1);
  }

  public Path folder() {
    return folder;
  }

  public Path authorityFile() {
    return folder.resolve(CA_FILE);
  }

  /** Stops every process that still runs. */
  @Override
  public void close() {
    hospitals.stream()
        .map(DemoHospital::process)
        .filter(HospitalProcess::isAlive)
        .forEach(HospitalProcess::stop);
  }
}
