/** The bodies of requests, read as they come and only while there is room for them. */
package org.medseal.connectors.httpbody;
