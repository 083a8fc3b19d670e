package org.medseal.connectors.dicomnet.upperlayer;

import java.util.List;

/** Actions of PS3.8 tables 9-6 to 9-9. */
public enum Action {
  AE_1(State.STA4, Effect.CONNECT),
  AE_2(State.STA5, Effect.SEND_ASSOCIATE_RQ),
  AE_3(State.STA6, Effect.CONFIRM_ACCEPT),
  AE_4(State.STA1, Effect.CONFIRM_REJECT, Effect.CLOSE),
  AE_5(State.STA2, Effect.START_ARTIM),
  /** Of a request the provider finds acceptable; the other outcome is {@link #AE_6_REJECTED}. */
  AE_6(State.STA3, Effect.STOP_ARTIM, Effect.INDICATE_ASSOCIATE),
  AE_6_REJECTED(State.STA13, Effect.STOP_ARTIM, Effect.SEND_PROVIDER_RJ, Effect.START_ARTIM),
  AE_7(State.STA6, Effect.SEND_ASSOCIATE_AC),
  AE_8(State.STA13, Effect.SEND_ASSOCIATE_RJ, Effect.START_ARTIM),
  DT_1(State.STA6, Effect.SEND_DATA),
  DT_2(State.STA6, Effect.INDICATE_DATA),
  AR_1(State.STA7, Effect.SEND_RELEASE_RQ),
  AR_2(State.STA8, Effect.INDICATE_RELEASE),
  AR_3(State.STA1, Effect.CONFIRM_RELEASE, Effect.CLOSE),
  AR_4(State.STA13, Effect.SEND_RELEASE_RP, Effect.START_ARTIM),
  AR_5(State.STA1, Effect.STOP_ARTIM),
  AR_6(State.STA7, Effect.INDICATE_DATA),
  AR_7(State.STA8, Effect.SEND_DATA),
  /** On the requestor's side; the acceptor's is {@link #AR_8_ACCEPTOR}. */
  AR_8(State.STA9, Effect.INDICATE_RELEASE),
  AR_8_ACCEPTOR(State.STA10, Effect.INDICATE_RELEASE),
  AR_9(State.STA11, Effect.SEND_RELEASE_RP),
  AR_10(State.STA12, Effect.CONFIRM_RELEASE),
  AA_1(State.STA13, Effect.SEND_ABORT_BY_USER, Effect.START_ARTIM),
  AA_2(State.STA1, Effect.STOP_ARTIM, Effect.CLOSE),
  AA_3(State.STA1, Effect.INDICATE_ABORT, Effect.CLOSE),
  AA_4(State.STA1, Effect.INDICATE_PROVIDER_ABORT),
  AA_5(State.STA1, Effect.STOP_ARTIM),
  AA_6(State.STA13),
  AA_7(State.STA13, Effect.SEND_ABORT_BY_PROVIDER),
  AA_8(
      State.STA13,
      Effect.SEND_ABORT_BY_PROVIDER,
      Effect.INDICATE_PROVIDER_ABORT,
      Effect.START_ARTIM);

  private final State next;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Effect> effects;

  Action(State next, Effect... effects) {
    this.next = next;
    this.effects = List.of(effects);
  }

  public State next() {
    return next;
  }

  public List<Effect> effects() {
    return effects;
  }
}
