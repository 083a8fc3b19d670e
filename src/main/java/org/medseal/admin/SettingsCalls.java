package org.medseal.admin;

import java.util.List;
import java.util.function.Supplier;
import org.medseal.audit.AuditAction;
import org.medseal.doctor.Finding;
import org.medseal.doctor.Findings;
import org.medseal.users.Role;

/** Whether the node's home is as it should be; as {@code medseal doctor} says it. */
final class SettingsCalls {
  private final Supplier<List<Finding>> examination;

  SettingsCalls(Supplier<List<Finding>> examination) {
    this.examination = examination;
  }

  List<Call> calls() {
    return List.of(
        new Call(
            "GET",
            "/settings",
            Access.anyOf(Role.ADMIN, Role.OPERATOR),
            AuditAction.CALL,
            this::look));
  }

  private Answer look(Exchange exchange) {
    return Answer.json(new Findings(examination.get()).json());
  }
}
