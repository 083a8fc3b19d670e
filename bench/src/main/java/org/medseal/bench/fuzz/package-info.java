/** Mutated messages against everything that reads what a feed sends. */
package org.medseal.bench.fuzz;
