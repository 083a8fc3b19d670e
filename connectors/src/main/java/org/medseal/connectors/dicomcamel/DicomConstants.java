package org.medseal.connectors.dicomcamel;

/** Names on an exchange. */
public final class DicomConstants {
  /** Header: application entity that sent the object. */
  public static final String CALLING_AE = "MedSealDicomCallingAe";

  /** Header: application entity that it was sent to. */
  public static final String CALLED_AE = "MedSealDicomCalledAe";

  /** Header: SOP class of the object. */
  public static final String SOP_CLASS_UID = "MedSealDicomSopClassUid";

  /** Header: transfer syntax of the object. */
  public static final String TRANSFER_SYNTAX_UID = "MedSealDicomTransferSyntaxUid";

  /** Header: what the producer's peer answered, an Integer; 0 for success. */
  public static final String STATUS = "MedSealDicomStatus";

  private DicomConstants() {}
}
