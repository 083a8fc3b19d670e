package org.medseal.requests;

/** Where a request stands; EXPIRED when nobody answered in time, or when the grant's time is up. */
public enum RequestState {
  OPEN,
  APPROVED,
  REJECTED,
  EXPIRED
}
