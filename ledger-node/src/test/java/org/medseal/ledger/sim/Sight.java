package org.medseal.ledger.sim;

/** What a run may meet; counted, so that it shows what the seeds exercise. */
enum Sight {
  STEPS("steps"),
  RULED("runs held to the rulebook"),
  MESSAGES("messages sent"),
  LOST("messages lost"),
  REPEATED("messages repeated"),
  LATE("messages badly delayed"),
  CUTS("partitions, both or one way"),
  PLOTS("rounds in which it is chosen who hears what in time"),
  HELD_BACK("messages held back by such a choice"),
  HIDINGS("deciders unheard for a while"),
  CRASHES("crashes"),
  RECOVERY_CRASHES("crashes while starting"),
  LOST_CHANGES("unsynced changes lost or torn, application blocks lost"),
  SIGNATURE_REFUSALS("signed slots the sign-state was asked about again with other words"),
  LOCK_CONFLICTS("nodes locked on different blocks at one height"),
  LOCKS_RELEASED("prevotes for another block than the locked one"),
  HIDDEN_LOCKS("blocks remembered after the own precommit"),
  HIGHER_ROUNDS("heights decided above round 0"),
  HEIGHTS("heights decided"),
  SET_CHANGES("validator set changes"),
  OTHER_INDEXES("heights with a validator left out"),
  EVIDENCE("proofs of equivocation in blocks"),
  AMNESIAS("lapses of memory"),
  TWINS("runs with twins"),
  HALTS("runs halted while the giant was away"),
  WIPES("disks lost, to be filled by a snapshot"),
  JOINS("snapshots joined by"),
  JOIN_CRASHES("crashes while joining"),
  FALSE_PARTS("lies told to who joins"),
  PART_BANS("liars that who joins has banned"),
  FILLED("histories filled below a snapshot"),
  TRUSTED_AGAIN("validators that sign again after they have joined");

  private final String words;

  Sight(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
