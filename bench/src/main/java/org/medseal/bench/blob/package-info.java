/** Payloads too large for memory, on four node processes with little heap. */
package org.medseal.bench.blob;
