package org.medseal.admin;

import java.util.List;
import org.medseal.audit.AuditAction;
import org.medseal.series.MinuteSeries;

/** The way to the ledger, minute by minute; a feed's minutes are with the feeds. */
final class SeriesCalls {
  private final MinuteSeries series;

  SeriesCalls(MinuteSeries series) {
    this.series = series;
  }

  List<Call> calls() {
    return List.of(
        new Call("GET", "/ledger/series", Access.loggedIn(), AuditAction.CALL, this::ledger));
  }

  private Answer ledger(Exchange exchange) {
    int minutes = SeriesJson.minutes(exchange);
    return Answer.json(SeriesJson.ledger(series.ledger(minutes)));
  }
}
