/** What de-identification leaves of identity and of medicine, counted. */
package org.medseal.bench.deid;
