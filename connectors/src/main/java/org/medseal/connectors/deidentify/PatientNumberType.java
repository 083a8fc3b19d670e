package org.medseal.connectors.deidentify;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Identifier types (HL7 table 0203) whose numbers may stand for a patient where the authority is
 * not listed, best first. Numbers of members, accounts, visits, licences, passports and staff are
 * shared or pass, so they never do; a sender's own type counts like none, and so do the numbers of
 * registries, jurisdictions and enterprises.
 */
public final class PatientNumberType {

  private static final List<String> BEST = List.of("MR", "PI", "PT", "PN", "NI", "RI");

  private static final Set<String> NEVER =
      Set.of(
          ("AC ACSN AM AN ANC AND ANT AP APRN ASID BA BC BCFN BCT BR BRN BSNR CAAI CC CONM"
                  + " CY CZ DC DCFN DDS DEA DFN DI DL DN DO DP DPM DR DS EI EN ESN FDR FDRFN FI FILL"
                  + " GI GL GN HC IND LACSN LANR LI LN MA MB MC MCD MCN MCR MCT MD MI MS MT NAC NCT"
                  + " NE NH NII NIIP NP NPI OBI OD PA PC PCN PEN PHC PHE PHO PLAC PNT PPIN PPN PRC"
                  + " PRES PRN QA RN RPH RR RRP SID SL SN SNBSN SNO SP SRX SS STN TAX TN TPR UPIN"
                  + " USID VN VP VS WC WCN WP XV")
              .split(" ", -1));

  private PatientNumberType() {}

  public static boolean isOne(String type) {
    return !NEVER.contains(normal(type));
  }

  /** Its place, from 0; a sender's own type or none comes last. */
  public static int order(String type) {
    int place = BEST.indexOf(normal(type));
    return place < 0 ? BEST.size() : place;
  }

  private static String normal(String type) {
    return type.strip().toUpperCase(Locale.ROOT);
  }
}
