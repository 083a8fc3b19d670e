/**
 * The genesis: its file, its hash, what makes it sound; and the proofs a group registry rests on.
 */
package org.medseal.ledger.genesis;
