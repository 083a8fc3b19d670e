package org.medseal.pages.clinical;

import java.util.Locale;
import org.medseal.pages.CallTarget;

/**
 * Through which page a record is read: the asker's own, or the custodian's desk.
 *
 * @param base path of the request's page
 * @param call that opens the record
 */
record RecordDoor(String base, String call, String request, String record) {

  static RecordDoor ofAsker(String request, String record) {
    return of("/requests/", "/requests/{id}/records/{txId}", request, record);
  }

  static RecordDoor ofDesk(String request, String record) {
    return of("/desk/", "/requests/{id}/records/{txId}/review", request, record);
  }

  private static RecordDoor of(String base, String call, String request, String record) {
    return new RecordDoor(base, call, lower(request), lower(record));
  }

  private static String lower(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  CallTarget target() {
    return CallTarget.of(call, request, record);
  }

  boolean isDesk() {
    return base.equals("/desk/");
  }

  /** The request's page; home for what is no request's id. */
  String requestPath() {
    return Ids.isId(request) ? base + request : "/";
  }

  /** This record's page, once the call has found it. */
  String path() {
    return base + request + "/records/" + record;
  }

  String brief() {
    return Ids.brief(record);
  }
}
