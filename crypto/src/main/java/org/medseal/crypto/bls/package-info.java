/** BLS12-381: scalars, points in compressed form and pairings, by the blst library. */
package org.medseal.crypto.bls;
