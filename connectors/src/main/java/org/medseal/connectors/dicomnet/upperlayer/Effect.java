package org.medseal.connectors.dicomnet.upperlayer;

/** What an action tells its surroundings to do; in the order given. */
public enum Effect {
  CONNECT,
  SEND_ASSOCIATE_RQ,
  SEND_ASSOCIATE_AC,
  SEND_ASSOCIATE_RJ,
  /** Refused by the provider itself. */
  SEND_PROVIDER_RJ,
  SEND_DATA,
  SEND_RELEASE_RQ,
  SEND_RELEASE_RP,
  SEND_ABORT_BY_USER,
  SEND_ABORT_BY_PROVIDER,
  INDICATE_ASSOCIATE,
  CONFIRM_ACCEPT,
  CONFIRM_REJECT,
  INDICATE_DATA,
  INDICATE_RELEASE,
  CONFIRM_RELEASE,
  /** A-ABORT or A-P-ABORT, as the received PDU says. */
  INDICATE_ABORT,
  INDICATE_PROVIDER_ABORT,
  START_ARTIM,
  STOP_ARTIM,
  CLOSE
}
