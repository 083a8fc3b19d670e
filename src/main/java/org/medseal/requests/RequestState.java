package org.medseal.requests;

/** Where a request stands; EXPIRED when nobody answered in time. */
public enum RequestState {
  OPEN,
  APPROVED,
  REJECTED,
  EXPIRED
}
