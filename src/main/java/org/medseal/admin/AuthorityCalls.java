package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.audit.AuditAction;
import org.medseal.connectors.deidentify.IdentifierAuthorities;
import org.medseal.users.Role;

/** The assigning authorities under whose identifiers patients are found. */
final class AuthorityCalls {
  private final IdentifierAuthorities authorities;

  AuthorityCalls(IdentifierAuthorities authorities) {
    this.authorities = authorities;
  }

  List<Call> calls() {
    Access people = Access.anyOf(Role.PHYSICIAN, Role.ADMIN);
    return List.of(new Call("GET", "/authorities", people, AuditAction.CALL, this::list));
  }

  private Answer list(Exchange exchange) {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("authorities");
    authorities
        .ordered()
        .forEach(
            each -> {
              ObjectNode node = all.addObject();
              node.put("authority", each.id());
              node.put("name", each.name());
              node.put("national", each.national());
              each.types().forEach(node.putArray("types")::add);
            });
    return Answer.json(answer);
  }
}
