/** Camel component {@code deid:}: a message becomes de-identified records, or stays behind. */
package org.medseal.connectors.deid;
