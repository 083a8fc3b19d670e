/** Looks at a home without changing it, and says what is not well. */
package org.medseal.doctor;
