/** A person's side of the admin endpoint, for the command line and the demo. */
package org.medseal.client;
