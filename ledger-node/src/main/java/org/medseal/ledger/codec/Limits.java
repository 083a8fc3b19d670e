package org.medseal.ledger.codec;

/** Bounds of every variable length and count; read before anything is allocated. */
public final class Limits {
  public static final int CHAIN_ID = 64;
  public static final int NAME = 64;
  public static final int ADDRESS = 260;

  public static final int INSTITUTIONS = 256;
  public static final int CREDENTIALS = INSTITUTIONS;
  public static final int GROUP_OBJECT = 4096;
  public static final int CUSTODIAN_KEYS = 16;
  public static final int WRAPPED_KEY = 256;

  /** Far above any inline limit a genesis may set. */
  public static final int CIPHERTEXT = 8 << 20;

  /** One study; its chunks are counted in an int. */
  public static final long BLOB = 64L << 30;

  /** Grants for some thousand records, or a trace's proof for every institution. */
  public static final int SEALED_BODY = 1 << 19;

  public static final int TRANSACTION = CIPHERTEXT + SEALED_BODY;
  public static final int TRANSACTIONS_PER_BLOCK = 1 << 16;
  public static final int EVIDENCE_PER_BLOCK = INSTITUTIONS;

  /** With a hundred bytes and more each, still small beside a block. */
  public static final int REPLICA_RECEIPTS_PER_BLOCK = 1024;

  public static final int REASON = 512;

  private Limits() {}
}
