package org.medseal.connectors.dicomnet.upperlayer;

import static org.medseal.connectors.dicomnet.upperlayer.Action.*;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Table 9-10 of PS3.8: which action an event causes in a state. Empty fields cannot happen. */
final class TransitionTable {
  private static final Map<Event, Action[]> ROWS = new EnumMap<>(Event.class);

  static {
    // Sta1 Sta2 Sta3 Sta4 Sta5 | Sta6 Sta7 Sta8 Sta9 Sta10 Sta11 Sta12 | Sta13
    row(Event.ASSOCIATE_REQUEST, opening(AE_1, null, null, null, null), none(), null);
    row(Event.TRANSPORT_CONFIRMED, opening(null, null, null, AE_2, null), none(), null);
    row(Event.ASSOCIATE_AC_RECEIVED, opening(null, AA_1, AA_8, null, AE_3), all(AA_8), AA_6);
    row(Event.ASSOCIATE_RJ_RECEIVED, opening(null, AA_1, AA_8, null, AE_4), all(AA_8), AA_6);
    row(Event.TRANSPORT_INDICATED, opening(AE_5, null, null, null, null), none(), null);
    row(Event.ASSOCIATE_RQ_RECEIVED, opening(null, AE_6, AA_8, null, AA_8), all(AA_8), AA_7);
    row(Event.ASSOCIATE_RESPONSE_ACCEPT, opening(null, null, AE_7, null, null), none(), null);
    row(Event.ASSOCIATE_RESPONSE_REJECT, opening(null, null, AE_8, null, null), none(), null);
    row(
        Event.DATA_REQUEST,
        opening(null, null, null, null, null),
        open(DT_1, null, AR_7, null, null, null, null),
        null);
    row(
        Event.DATA_RECEIVED,
        opening(null, AA_1, AA_8, null, AA_8),
        open(DT_2, AR_6, AA_8, AA_8, AA_8, AA_8, AA_8),
        AA_6);
    row(
        Event.RELEASE_REQUEST,
        opening(null, null, null, null, null),
        open(AR_1, null, null, null, null, null, null),
        null);
    row(
        Event.RELEASE_RQ_RECEIVED,
        opening(null, AA_1, AA_8, null, AA_8),
        open(AR_2, AR_8, AA_8, AA_8, AA_8, AA_8, AA_8),
        AA_6);
    row(
        Event.RELEASE_RP_RECEIVED,
        opening(null, AA_1, AA_8, null, AA_8),
        open(AA_8, AR_3, AA_8, AA_8, AR_10, AR_3, AA_8),
        AA_6);
    row(
        Event.RELEASE_RESPONSE,
        opening(null, null, null, null, null),
        open(null, null, AR_4, AR_9, null, null, AR_4),
        null);
    row(Event.ABORT_REQUEST, opening(null, null, AA_1, AA_2, AA_1), all(AA_1), null);
    row(Event.ABORT_RECEIVED, opening(null, AA_2, AA_3, null, AA_3), all(AA_3), AA_2);
    row(Event.TRANSPORT_CLOSED, opening(null, AA_5, AA_4, AA_4, AA_4), all(AA_4), AR_5);
    row(Event.ARTIM_EXPIRED, opening(null, AA_2, null, null, null), none(), AA_2);
    row(Event.INVALID_PDU_RECEIVED, opening(null, AA_1, AA_8, null, AA_8), all(AA_8), AA_7);
  }

  private TransitionTable() {}

  @SuppressWarnings("EnumOrdinal") // the order is the standard's
  static Optional<Action> action(State state, Event event) {
    return Optional.ofNullable(ROWS.get(event)[state.ordinal()]);
  }

  private static void row(Event event, Action[] opening, Action[] open, Action closing) {
    Action[] row = new Action[State.values().length];
    System.arraycopy(opening, 0, row, 0, opening.length);
    System.arraycopy(open, 0, row, opening.length, open.length);
    row[row.length - 1] = closing;
    ROWS.put(event, row);
  }

  private static Action[] opening(Action s1, Action s2, Action s3, Action s4, Action s5) {
    return new Action[] {s1, s2, s3, s4, s5};
  }

  /** Sta6 to Sta12. */
  private static Action[] open(Action... seven) {
    return seven;
  }

  private static Action[] all(Action action) {
    return new Action[] {action, action, action, action, action, action, action};
  }

  private static Action[] none() {
    return new Action[7];
  }
}
