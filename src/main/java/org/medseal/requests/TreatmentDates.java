package org.medseal.requests;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.TrueDates;
import org.medseal.connectors.deidentify.TrueDatesByRules;
import org.medseal.connectors.deidentify.TrueDatesException;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.model.Hash;
import org.medseal.requests.RequestException.Reason;
import org.medseal.users.Session;

/**
 * A granted record with its true dates, for who treats the patient and knows the identifier: the
 * offset comes from the patient's pseudonym, which stands in no record.
 */
public final class TreatmentDates {
  private final GrantedRecords granted;
  private final RecordSearch search;
  private final TrueDatesByRules rules;

  public TreatmentDates(GrantedRecords granted, RecordSearch search, TrueDatesByRules rules) {
    this.granted = granted;
    this.search = search;
    this.rules = rules;
  }

  /**
   * As {@link GrantedRecords#open}, and NOT_FOR_THIS_PURPOSE, ANOTHER_PATIENT, RULES_UNKNOWN. The
   * identifier has to be the one by which the dates were moved: of several, the first of
   * identifiers.yaml.
   */
  public ClearRecord open(
      Session session, Hash requestId, Hash recordId, PatientIdentifier identifier) {
    ReopenedRecord record = granted.reopened(session, requestId, recordId, Purpose.TREATMENT);
    boolean opened = false;
    try {
      TrueDates dates =
          rules
              .of(record.facts().ruleSetId())
              .orElseThrow(() -> unknownRules(record.facts().ruleSetId()));
      Content restored = dates.restored(record, search.pseudonyms(identifier));
      InputStream content = new Closing(restored.open(), record);
      opened = true;
      return record.facts().with(restored.sizeBytes(), content);
    } catch (TrueDatesException e) {
      throw refused(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!opened) {
        record.close();
      }
    }
  }

  /** The name comes from a record's author: no more of it than a name may be. */
  private static RequestException unknownRules(String ruleSetId) {
    boolean name = ruleSetId.matches("[A-Za-z0-9._-]{1,100}");
    return new RequestException(
        Reason.RULES_UNKNOWN,
        "The record went through rules that this node does not know"
            + (name ? ": " + ruleSetId : "")
            + ". Put that rule file into config/deid/known.");
  }

  private static RequestException refused(TrueDatesException e) {
    return switch (e.reason()) {
      case ANOTHER_PATIENT ->
          new RequestException(
              Reason.ANOTHER_PATIENT,
              "The dates of this record were not moved by this identifier: it is another patient's,"
                  + " or not the one of the patient's identifiers that comes first.",
              e);
      case UNREADABLE -> ClearRecord.notAuthentic(e);
    };
  }

  /** Forgets the data key once the record has been read. */
  private static final class Closing extends FilterInputStream {
    private final ReopenedRecord record;

    Closing(InputStream in, ReopenedRecord record) {
      super(in);
      this.record = record;
    }

    @Override
    public void close() throws IOException {
      try (record) {
        super.close();
      }
    }
  }
}
