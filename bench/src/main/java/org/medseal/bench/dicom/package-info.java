/**
 * DICOM: damaged data sets and PDUs, objects larger than the heap, a series, C-STORE beside others.
 */
package org.medseal.bench.dicom;
