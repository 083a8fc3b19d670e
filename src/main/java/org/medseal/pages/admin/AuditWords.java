package org.medseal.pages.admin;

import java.util.Arrays;
import java.util.List;
import org.medseal.audit.AuditAction;

/** What entries of the trail can be about. */
final class AuditWords {
  /** The codes, as in the trail. */
  static final List<String> ACTIONS =
      Arrays.stream(AuditAction.values()).map(AuditAction::code).sorted().toList();

  private AuditWords() {}
}
