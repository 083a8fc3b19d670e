/**
 * Camel-free de-identification: what is sealed must already be without identity (ADR 004). Deny by
 * default, fail closed, and a residual scan as the last gate.
 */
package org.medseal.connectors.deidentify;
