package org.medseal.app;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentResolver;

/**
 * Routes are code: they may use these schemes and no other. Nothing that would let a message be
 * answered before it is in the inbox (seda, wire taps to memory) is among them.
 */
final class AllowedComponents implements ComponentResolver {
  private static final Set<String> SCHEMES =
      Set.of(
          "bean",
          "deid",
          "direct",
          "file",
          "inbox",
          "ledger",
          "netty",
          "platform-http",
          "seal",
          "timer");

  private final ComponentResolver usual;

  AllowedComponents(ComponentResolver usual) {
    this.usual = usual;
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
