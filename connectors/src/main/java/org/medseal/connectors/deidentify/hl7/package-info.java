/** HL7 v2 messages, cleaned field by field; what no rule names is dropped. */
package org.medseal.connectors.deidentify.hl7;
