package org.medseal.ledger.api;

import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordFormat;

/** A record found by tag. */
public record RecordReference(Hash id, long height, RecordFormat format, Hash tag) {}
