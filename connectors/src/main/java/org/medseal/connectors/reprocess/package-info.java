/** Messages that were kept back: what would become of them now, and putting them back to work. */
package org.medseal.connectors.reprocess;
