/** FHIR records as people read them: a card for each resource, its JSON beside it. */
package org.medseal.pages.clinical.fhir;
