/** What sealing a record costs beside its primitives, by JMH and by turns in one run. */
package org.medseal.bench.crypto;
