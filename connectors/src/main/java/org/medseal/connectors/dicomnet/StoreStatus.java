package org.medseal.connectors.dicomnet;

/** What a sender is answered (PS3.4 section B.2.3 and PS3.7 annex C). */
public enum StoreStatus {
  /** It is on disk. */
  SUCCESS(0x0000),
  /** Nothing was kept; it may be sent again later. */
  OUT_OF_RESOURCES(0xA700),
  /** The message is incomplete or contradicts itself. */
  CANNOT_UNDERSTAND(0xC000),
  SOP_CLASS_NOT_SUPPORTED(0x0122),
  PROCESSING_FAILURE(0x0110),
  NOT_AUTHORIZED(0x0124),
  UNRECOGNIZED_OPERATION(0x0211);

  private final int code;

  StoreStatus(int code) {
    this.code = code;
  }

  /** As the standard writes it, such as A700H. */
  public String hex() {
    return String.format("%04XH", code);
  }

  /** As in (0000,0900). */
  public int code() {
    return code;
  }
}
