/** Camel component {@code inbox:}: durable receipt as producer, received messages as consumer. */
package org.medseal.connectors.inbox;
