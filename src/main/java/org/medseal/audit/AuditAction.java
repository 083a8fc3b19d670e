package org.medseal.audit;

import java.util.Arrays;
import java.util.Optional;

/** What a trail entry is about. The code stands in files and must not change. */
public enum AuditAction {
  LOGIN("login", Kind.EXECUTE),
  LOGOUT("logout", Kind.EXECUTE),
  REGISTER("register", Kind.CREATE),
  PASSWORD_CHANGE("password-change", Kind.UPDATE),
  PROFILE_CHANGE("profile-change", Kind.UPDATE),
  RECOVER("recover", Kind.EXECUTE),
  RECOVER_CONFIRM("recover-confirm", Kind.UPDATE),
  TOTP_SET_UP("totp-set-up", Kind.CREATE),
  TOTP_CONFIRM("totp-confirm", Kind.UPDATE),
  TOTP_REMOVE("totp-remove", Kind.DELETE),
  SESSION_END("session-end", Kind.DELETE),
  KEYS_UNLOCK("keys-unlock", Kind.EXECUTE),
  KEYS_REBIND("keys-rebind", Kind.UPDATE),
  USERS_READ("users-read", Kind.READ),
  USER_APPROVE("user-approve", Kind.UPDATE),
  USER_REJECT("user-reject", Kind.DELETE),
  USER_EXPIRE("user-expire", Kind.DELETE),
  USER_DISABLE("user-disable", Kind.UPDATE),
  USER_ENABLE("user-enable", Kind.UPDATE),
  USER_SESSIONS_END("user-sessions-end", Kind.DELETE),
  RECOVERY_CODE("recovery-code", Kind.CREATE),
  USER_ROLES("user-roles", Kind.UPDATE),
  LOOK_UP("look-up", Kind.READ),
  RECORD_READ("record-read", Kind.READ),
  VERIFY("verify", Kind.EXECUTE),
  REQUEST("request", Kind.CREATE),
  REQUESTS_READ("requests-read", Kind.READ),
  APPROVE("approve", Kind.UPDATE),
  REJECT("reject", Kind.UPDATE),
  REVIEW("review", Kind.READ),
  OPEN("open", Kind.READ),
  TRUE_DATES("true-dates", Kind.READ),
  CUSTODIANS("custodians", Kind.UPDATE),
  TRACE("trace", Kind.CREATE),
  TRACE_APPROVE("trace-approve", Kind.UPDATE),
  TRACE_OPEN("trace-open", Kind.EXECUTE),
  TRACE_READ("trace-read", Kind.READ),
  TRACES_READ("traces-read", Kind.READ),
  TRACE_PROOF("trace-proof", Kind.READ),
  GROUP_JOIN("group-join", Kind.CREATE),
  GROUP_EPOCH("group-epoch", Kind.UPDATE),
  AUDIT_EXPORT("audit-export", Kind.READ),
  AUDIT_ALARM("audit-alarm", Kind.EXECUTE),
  FEED_PAUSE("feed-pause", Kind.UPDATE),
  FEED_RESUME("feed-resume", Kind.UPDATE),
  ROUTES("routes", Kind.UPDATE),
  REPROCESS("reprocess", Kind.UPDATE),
  DISCARD("discard", Kind.UPDATE),
  MESSAGE_REVEAL("message-reveal", Kind.READ),
  GOVERNANCE_PROPOSE("governance-propose", Kind.CREATE),
  GOVERNANCE_VOTE("governance-vote", Kind.UPDATE),
  STAKE("stake", Kind.UPDATE),
  AUDIT_READ("audit-read", Kind.READ),
  CALL("call", Kind.EXECUTE);

  /** The letter FHIR's AuditEvent.action has for it. */
  enum Kind {
    CREATE("C"),
    READ("R"),
    UPDATE("U"),
    DELETE("D"),
    EXECUTE("E");

    private final String letter;

    Kind(String letter) {
      this.letter = letter;
    }

    String letter() {
      return letter;
    }
  }

  private final String code;
  private final Kind kind;

  AuditAction(String code, Kind kind) {
    this.code = code;
    this.kind = kind;
  }

  public String code() {
    return code;
  }

  /** Of that code; empty for none. */
  public static Optional<AuditAction> of(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }

  Kind kind() {
    return kind;
  }
}
