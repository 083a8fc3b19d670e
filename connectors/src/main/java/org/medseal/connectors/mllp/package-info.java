/** MLLP framing (HL7 Transport Specification: MLLP, release 1) for Netty, with bounds. */
package org.medseal.connectors.mllp;
