package org.medseal.admin;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.medseal.audit.AuditTrail;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.connectors.deidentify.TrueDatesByRules;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.reprocess.Reprocessing;
import org.medseal.doctor.Finding;
import org.medseal.ledger.api.Ledger;
import org.medseal.mail.Post;
import org.medseal.requests.ActingKeys;
import org.medseal.requests.LocalRecords;
import org.medseal.series.MinuteSeries;
import org.medseal.users.UserStore;
import org.medseal.watch.Watch;

/**
 * What the endpoint works with; opened and closed by whoever wires the node.
 *
 * @param examination looks at the node's home, anew each time
 */
public record AdminServices(
    Ledger ledger,
    ActingKeys keys,
    Patients patients,
    Intake intake,
    People people,
    Supplier<List<Finding>> examination) {

  /** Of a node without a home to be looked at. */
  public AdminServices(
      Ledger ledger, ActingKeys keys, Patients patients, Intake intake, People people) {
    this(ledger, keys, patients, intake, people, List::of);
  }

  /**
   * How patient identifiers are understood and found.
   *
   * @param trueDates rules whose shift of dates can be undone
   */
  public record Patients(
      IdentifierAuthorities authorities, LocalRecords localRecords, TrueDatesByRules trueDates) {}

  /** What comes in and where from. */
  public record Intake(
      MessageStore messages,
      FeedControl feeds,
      Reprocessing reprocessing,
      Watch watch,
      MinuteSeries series) {}

  /**
   * Users and what they did.
   *
   * @param keysFolder of the custodian's, issuer's and opener's key stores
   */
  public record People(UserStore users, AuditTrail audit, Path keysFolder, Post post) {
    /** Without mail. */
    public People(UserStore users, AuditTrail audit, Path keysFolder) {
      this(users, audit, keysFolder, Post.none());
    }
  }
}
