/** Camel component {@code fhir-poll:}: what is new on a FHIR server, one exchange a resource. */
package org.medseal.connectors.fhirpoll;
