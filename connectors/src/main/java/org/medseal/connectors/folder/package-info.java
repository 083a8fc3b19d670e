/** What a dropped file holds: one message or many; no Camel. */
package org.medseal.connectors.folder;
