/** Acknowledgements of HL7 v2 messages; no Camel, no network. */
package org.medseal.connectors.hl7ack;
