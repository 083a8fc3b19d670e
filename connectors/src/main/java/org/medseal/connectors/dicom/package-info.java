/**
 * DICOM Part 10 files (PS3.10) and data sets (PS3.5), read and written without any other toolkit:
 * plain Java, no Camel, no network. Values may be held by reference, so that a caller can keep
 * pixel data out of memory.
 */
package org.medseal.connectors.dicom;
