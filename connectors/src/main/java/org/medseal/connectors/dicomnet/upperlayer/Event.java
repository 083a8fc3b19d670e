package org.medseal.connectors.dicomnet.upperlayer;

/** Events of table 9-10 of PS3.8, in its order: Evt1 to Evt19. */
public enum Event {
  ASSOCIATE_REQUEST,
  TRANSPORT_CONFIRMED,
  ASSOCIATE_AC_RECEIVED,
  ASSOCIATE_RJ_RECEIVED,
  TRANSPORT_INDICATED,
  ASSOCIATE_RQ_RECEIVED,
  ASSOCIATE_RESPONSE_ACCEPT,
  ASSOCIATE_RESPONSE_REJECT,
  DATA_REQUEST,
  DATA_RECEIVED,
  RELEASE_REQUEST,
  RELEASE_RQ_RECEIVED,
  RELEASE_RP_RECEIVED,
  RELEASE_RESPONSE,
  ABORT_REQUEST,
  ABORT_RECEIVED,
  TRANSPORT_CLOSED,
  ARTIM_EXPIRED,
  INVALID_PDU_RECEIVED;

  /** As the standard numbers it, from 1. */
  @SuppressWarnings("EnumOrdinal") // the order is the standard's
  public int number() {
    return ordinal() + 1;
  }
}
