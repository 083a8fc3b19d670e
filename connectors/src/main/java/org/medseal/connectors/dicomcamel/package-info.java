/** Camel component {@code dicom:}: C-STORE provider as consumer, C-STORE user as producer. */
package org.medseal.connectors.dicomcamel;
