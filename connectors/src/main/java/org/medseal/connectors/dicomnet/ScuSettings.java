package org.medseal.connectors.dicomnet;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Whom a client calls, and as whom. */
public record ScuSettings(
    InetSocketAddress peer,
    String calledAe,
    String callingAe,
    AssociationTimers timers,
    Optional<LineTls> tls) {}
