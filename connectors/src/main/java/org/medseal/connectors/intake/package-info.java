/** The beans that MedSeal's own routes name. */
package org.medseal.connectors.intake;
