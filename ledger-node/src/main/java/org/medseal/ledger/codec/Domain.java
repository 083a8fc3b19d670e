package org.medseal.ledger.codec;

import java.nio.charset.StandardCharsets;

/**
 * Eight ASCII bytes in front of every object that is hashed or signed, so that no two kinds share
 * an encoding. The last one is the version of the layout.
 */
public enum Domain {
  RECORD_CORE("MSLCORE1"),
  RECORD_HEADER("MSLHEAD1"),
  RECORD_WITNESS("MSLWITN1"),
  INSTITUTION_TRANSACTION("MSLINTX1"),
  GROUP_MEMBER("MSLMEMB1"),
  MEMBER_JOIN("MSLJOIN1"),
  INSTITUTION("MSLINST1"),
  MEMBER_CERTIFICATE("MSLMCRT1"),
  CUSTODIAN_SET("MSLCUST1"),
  PARAMETERS("MSLPARM1"),
  VALIDATOR_SET("MSLVALS1"),
  GENESIS("MSLGENE1"),
  BLOCK("MSLBLCK1"),
  BLOCK_HEADER("MSLBHDR1"),
  CERTIFICATE("MSLCERT1"),
  NO_CERTIFICATE("MSLNCRT1"),
  EVIDENCE("MSLEVID1"),
  VOTE("MSLVOTE1"),
  PROPOSAL("MSLPROP1"),
  STATE("MSLSTAT1"),
  RECEIPT("MSLRCPT1"),
  REPLICA_RECEIPT("MSLREPL1"),
  ADMISSION("MSLADMI1"),
  KEY_ROTATION("MSLKROT1"),
  NODE_MOVE("MSLMOVE1"),
  CUSTODIAN_KEY("MSLCKEY1"),
  REPLICA_SIGNED("MSLREPS1"),
  REPLICA_SCORE("MSLRNDV1"),
  BLOB_CHALLENGE("MSLCHAL1"),
  LOOKUP("MSLLOOK1"),
  PRIORITIES("MSLPRIO1"),
  BASE("MSLBASE1"),
  SNAPSHOT("MSLSNAP1");

  static final int LENGTH = 8;

  private final String tag;

  Domain(String tag) {
    this.tag = tag;
  }

  byte[] tag() {
    return tag.getBytes(StandardCharsets.US_ASCII);
  }
}
