/** DICOM records as people read them: what is on the image, its header, a frame as a picture. */
package org.medseal.pages.clinical.dicom;
