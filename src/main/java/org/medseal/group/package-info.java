/** The signing group over time: who joins, and the epochs by which members come and go. */
package org.medseal.group;
