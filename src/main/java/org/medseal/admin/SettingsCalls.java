package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;
import org.medseal.audit.AuditAction;
import org.medseal.doctor.Finding;
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
    List<Finding> findings = examination.get();
    ObjectNode answer = Json.object();
    answer.put("well", findings.stream().noneMatch(each -> each.level() == Finding.Level.FAIL));
    ArrayNode all = answer.putArray("findings");
    for (Finding each : findings) {
      all.addObject()
          .put("check", each.check())
          .put("level", each.level().name())
          .put("words", each.words());
    }
    return Answer.json(answer);
  }
}
