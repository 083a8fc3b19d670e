/** Founding: the genesis of one or more institutions, and a home with keys for each. */
package org.medseal.consortium;
