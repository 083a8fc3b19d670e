/** De-identification of DICOM files by PS3.15 annex E. */
package org.medseal.connectors.deidentify.dicom;
