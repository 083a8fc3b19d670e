package org.medseal.ledger.proof;

import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;

/**
 * A block a verifier believes in.
 *
 * @param next validators of the height after it
 */
record Trusted(long height, Hash blockId, long timeMs, ValidatorSet next) {}
