package org.medseal.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Bodies of calls. */
public final class Body {
  public static final JsonNode NONE = MissingNode.getInstance();

  private Body() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
