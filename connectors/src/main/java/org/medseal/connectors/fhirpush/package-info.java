/** FHIR REST push: R4 resources and Bundles by POST and PUT; no Camel but in two thin adaptors. */
package org.medseal.connectors.fhirpush;
