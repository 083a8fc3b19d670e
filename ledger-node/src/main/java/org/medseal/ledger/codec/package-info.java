/**
 * The canonical binary form of everything that is hashed, signed or stored: fixed order, big
 * endian, length-prefixed, one encoding per value. Tags, layouts and bounds stand in {@link
 * org.medseal.ledger.codec.Domain} and {@link org.medseal.ledger.codec.Limits}.
 */
package org.medseal.ledger.codec;
