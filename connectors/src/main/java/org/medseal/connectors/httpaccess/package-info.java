/** Who may send over HTTP: client certificates and bearer tokens, by feed. */
package org.medseal.connectors.httpaccess;
