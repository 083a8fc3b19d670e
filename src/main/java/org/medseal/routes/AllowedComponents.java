package org.medseal.routes;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.PluginHelper;

/**
 * Routes are code: they may use these schemes and no other. Nothing that would let a message be
 * answered before it is in the inbox (seda, wire taps to memory) is among them.
 */
public final class AllowedComponents implements ComponentResolver {
  static final Set<String> SCHEMES =
      Set.of(
          "bean",
          "deid",
          "dicom",
          "direct",
          "fhir-poll",
          "file",
          "inbox",
          "ledger",
          "netty",
          "platform-http",
          "seal",
          "timer");

  private final ComponentResolver usual;

  private AllowedComponents(ComponentResolver usual) {
    this.usual = usual;
  }

  /** From now on the context resolves no other scheme. */
  public static void in(CamelContext context) {
    ExtendedCamelContext extended = context.getCamelContextExtension();
    ComponentResolver usual = PluginHelper.getComponentResolver(extended);
    extended.addContextPlugin(ComponentResolver.class, new AllowedComponents(usual));
  }

  @Override
  public Component resolveComponent(String scheme, CamelContext context) throws Exception {
    if (!SCHEMES.contains(scheme)) {
      throw new IllegalArgumentException(
          "routes may not use " + scheme + ": only " + SCHEMES.stream().sorted().toList());
    }
    return usual.resolveComponent(scheme, context);
  }
}
