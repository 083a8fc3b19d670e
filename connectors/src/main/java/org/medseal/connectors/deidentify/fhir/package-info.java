/** FHIR R4 resources and Bundles, cleaned element by element; what no rule names is dropped. */
package org.medseal.connectors.deidentify.fhir;
