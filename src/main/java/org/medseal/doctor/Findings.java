package org.medseal.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** All that an examination found, in the order of its looking. */
public record Findings(List<Finding> all) {
  public Findings {
    all = List.copyOf(all);
  }

  /** Whether nothing keeps the institution from running as it should. */
  public boolean well() {
    return all.stream().noneMatch(each -> each.level() == Finding.Level.FAIL);
  }

  /** {@code {"well": true, "findings": [{"check": "", "level": "OK", "words": ""}]}}. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("well", well());
    ArrayNode findings = json.putArray("findings");
    for (Finding each : all) {
      findings
          .addObject()
          .put("check", each.check())
          .put("level", each.level().name())
          .put("words", each.words());
    }
    return json;
  }
}
