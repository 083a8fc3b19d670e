/** Certificates and keys from PEM files, and what watches over them. */
package org.medseal.connectors.tls;
