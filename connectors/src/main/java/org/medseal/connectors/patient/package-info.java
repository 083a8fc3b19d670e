/** The institution's own patients and their records. */
package org.medseal.connectors.patient;
