package org.medseal.bench.deid;

/** One planted identifier; {@code text} is what may not be found in the record. */
record Secret(Place place, Kind kind, String text) {
  enum Kind {
    NAME,
    HAN_NAME,
    BIRTH_DATE,
    EVENT_TIME,
    NUMBER,
    ADDRESS,
    PHONE,
    MAIL,
    INSTITUTION,
    OID,
    DEVICE
  }
}
