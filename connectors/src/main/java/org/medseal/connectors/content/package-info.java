/** Bytes of a message or a record that need not be in memory: plain Java, no Camel. */
package org.medseal.connectors.content;
