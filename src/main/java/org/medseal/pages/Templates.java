package org.medseal.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The templates below {@code src/main/jte}, compiled with the program. */
public final class Templates {
  private static final String PACKAGE = "org.medseal.pages";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

  String render(String template, PageView page, Object model) {
    StringOutput out = new StringOutput(8 << 10);
    engine.render(template + ".jte", Map.of("page", page, "model", model), out);
    return out.toString();
  }
}
