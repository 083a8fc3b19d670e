/** DICOM: damaged data sets, objects larger than the heap, a whole series. */
package org.medseal.bench.dicom;
