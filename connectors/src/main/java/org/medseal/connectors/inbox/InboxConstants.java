package org.medseal.connectors.inbox;

/** Names on an exchange. What proves a receipt is a property: a sender can set headers. */
public final class InboxConstants {
  /** Header: MedSeal's id of the message. */
  public static final String MESSAGE_ID = "MedSealMessageId";

  /** Header: feed it came from. */
  public static final String FEED = "MedSealFeed";

  /** Header: {@link org.medseal.connectors.deidentify.Format}. */
  public static final String FORMAT = "MedSealFormat";

  /** Property: {@link org.medseal.connectors.message.Receipt}, only after the durable append. */
  public static final String RECEIPT = "MedSealReceipt";

  /** Property: where a message came from, kept encrypted; else the file name is. */
  public static final String SOURCE = "MedSealSource";

  /** Feed name of a consumer that takes every feed's messages. */
  public static final String ANY_FEED = "any";

  /** Place of a message that no step of the pipeline can finish. */
  static final String PLACE_PIPELINE = "pipeline";

  private InboxConstants() {}
}
