package org.medseal.cli;

import org.medseal.audit.AuditAction;

/** What an administrator does to one user; its call, and its audit entry where no node runs. */
enum UserChange {
  ENABLE("enable", AuditAction.USER_ENABLE),
  DISABLE("disable", AuditAction.USER_DISABLE),
  REJECT("reject", AuditAction.USER_REJECT),
  RECOVERY_CODE("recovery-code", AuditAction.RECOVERY_CODE),
  END_SESSIONS("sessions/end", AuditAction.USER_SESSIONS_END);

  private final String path;
  private final AuditAction action;

  UserChange(String path, AuditAction action) {
    this.path = path;
    this.action = action;
  }

  String path() {
    return path;
  }

  AuditAction action() {
    return action;
  }
}
