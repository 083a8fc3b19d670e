/** The state machine of PS3.8 section 9.2 by its own names: pure, no clock, no connection. */
package org.medseal.connectors.dicomnet.upperlayer;
