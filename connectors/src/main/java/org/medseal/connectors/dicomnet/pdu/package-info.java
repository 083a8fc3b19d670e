/** Protocol data units of the DICOM upper layer (PS3.8 section 9.3) as records, and their bytes. */
package org.medseal.connectors.dicomnet.pdu;
