/**
 * Store Transaction of the Studies Service (STOW-RS, PS3.18 section 10.5): instances arrive as
 * parts of one request and are stored one by one while they come. {@link
 * org.medseal.connectors.stow.Upload} and what it uses know nothing of Camel.
 */
package org.medseal.connectors.stow;
