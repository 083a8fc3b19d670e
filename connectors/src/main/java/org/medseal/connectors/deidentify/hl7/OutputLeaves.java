package org.medseal.connectors.deidentify.hl7;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medseal.connectors.deidentify.CodeSystems;
import org.medseal.connectors.deidentify.ResidualScan.Leaf;
import org.medseal.connectors.deidentify.hl7.Field.Repetition;

/** Every value of a rendered and re-read message that did not come from the engine itself. */
final class OutputLeaves {

  private OutputLeaves() {}

  static List<Leaf> of(Hl7Message message, Set<String> made, CodeSystems systems) {
    List<Leaf> leaves = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Segment segment : message.segments()) {
      int count = seen.merge(segment.name(), 1, Integer::sum);
      for (int i = 1; i <= segment.fields().size(); i++) {
        String path = segment.name() + "[" + count + "]-" + i;
        for (Repetition repetition : segment.field(i).repetitions()) {
          add(leaves, path, repetition, made, systems);
        }
      }
    }
    return leaves;
  }

  private static void add(
      List<Leaf> leaves, String path, Repetition r, Set<String> made, CodeSystems systems) {
    for (int c = 1; c <= r.components().size(); c++) {
      boolean code = c == 1 || c == 4 || c == 10;
      boolean published = code && systems.isPublic(r.text(c + 2), r.text(c));
      for (String value : r.component(c).subcomponents()) {
        if (!value.isEmpty() && !made.contains(value)) {
          leaves.add(new Leaf(path + "." + c, value, published));
        }
      }
    }
  }
}
