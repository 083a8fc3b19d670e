/** Reads what is new from a FHIR server that may answer anything; no Camel here. */
package org.medseal.connectors.fhirsearch;
