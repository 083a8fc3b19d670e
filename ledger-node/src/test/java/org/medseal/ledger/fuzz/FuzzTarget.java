package org.medseal.ledger.fuzz;

import java.util.List;
import java.util.function.Consumer;

/**
 * One decoder under attack.
 *
 * @param seeds what it accepts
 * @param decode returns whatever it makes of the bytes, refuses by the exception its callers expect
 *     (which the target swallows), and throws an AssertionError when it accepts what it would not
 *     write
 */
public record FuzzTarget(String name, List<byte[]> seeds, Consumer<byte[]> decode) {}
