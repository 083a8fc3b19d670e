/**
 * DICOM over the network (PS3.8, PS3.7): associations on Netty, C-ECHO and C-STORE on both sides.
 * No Camel; what is received goes to a {@link org.medseal.connectors.dicomnet.StoreHandler} as a
 * stream.
 */
package org.medseal.connectors.dicomnet;
