package org.medseal.connectors.dicomnet;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A server's.
 *
 * @param address port 0 for a free one
 */
public record ScpSettings(
    InetSocketAddress address,
    AePolicy policy,
    AssociationLimits limits,
    AssociationTimers timers,
    Optional<LineTls> tls) {}
