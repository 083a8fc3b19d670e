package org.medseal.pages.clinical;

import java.util.List;

/**
 * The page that asks for the patient's identifier, to show true dates.
 *
 * @param authority chosen before; the identifier itself is not written back
 */
record TrueDates(RecordDoor door, List<Search.Authority> authorities, String authority) {}
