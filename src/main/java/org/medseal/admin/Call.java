package org.medseal.admin;

import org.medseal.audit.AuditAction;

/**
 * One call of the endpoint.
 *
 * @param path as in openapi/medseal.yaml, with {@code {parameters}}
 * @param action its audit entry; {@link AuditAction#CALL} leaves an entry when refused only
 */
record Call(String method, String path, Access access, AuditAction action, Handling handling) {

  /** Runs on a worker thread and may block. */
  interface Handling {
    Answer handle(Exchange exchange);
  }

  /** The same call as it is for whoever may not make it, which is written down. */
  Call refusing(ProblemException refusal) {
    return new Call(
        method,
        path,
        Access.everybody(),
        action,
        exchange -> {
          throw refusal;
        });
  }
}
