/**
 * The bodies of requests: read as they come, or gathered without a thread, and only while there is
 * room for them; no Camel but in the consumer and its engine.
 */
package org.medseal.connectors.httpbody;
