/** What an institution's node did, minute by minute, over the last day; in memory only. */
package org.medseal.series;
