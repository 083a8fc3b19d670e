package org.medseal.connectors.deidentify;

import java.text.Normalizer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Whether the text beside a public code may stay. It is never needed and senders write into it, so
 * anything doubtful goes: what the residual scan finds, any word of a name or place of the source
 * however short, dates, years, numbers that could be somebody's, titles, relatives, addresses of
 * any kind.
 */
public final class DisplayText {

  private static final int LONGEST = 160;

  private static final Pattern DOUBTFUL =
      Pattern.compile(
          "\\d{5}|\\d[/.,\\-]\\d|(?<!\\d)(19|20)\\d\\d(?!\\d)"
              + "|\\b([Mm]rs?|MRS|Ms|[Dd]r|DR|[Pp]rof|PROF|Miss|Herrn?|Frau|Fr[.]|Hr[.]|Mme|Mlle"
              + "|Monsieur|Madame|Señora?|Signora?|Mevr|Dhr|[Ss]ister|[Nn]urse|Sr[a]?[.])(?!\\w)|\\bM[RS]\\."
              + "|(?i:\\b(january|february|march|april|may|june|july|august|september|october"
              + "|november|december|tel|phone|telephone|mobile|fax|e-?mail|wife|husband|son"
              + "|daughter|mother|father|brother|ehefrau|ehemann|sohn|tochter)(?:'s)?\\b)"
              + "|(?i:\\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[. -]?\\d)"
              + "|(?i:\\d[. -]?(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b)"
              + "|[\\d一二三四五六七八九十] ?月|医生|先生|女士|大夫|电话|手机|妻子|丈夫|儿子|女儿",
          Pattern.UNICODE_CHARACTER_CLASS);

  static final int MOST_REMEMBERED = 4_096;

  /** Texts that stayed and so read like none above, since records repeat them; never others. */
  private static final Set<String> STAYED = ConcurrentHashMap.newKeySet();

  private DisplayText() {}

  /** Whether a word of the vocabulary names nobody here: Amber is a colour, and somebody. */
  public static boolean namesNobody(String word, ResidualScan scan) {
    return !scan.occursIn(word) && !scan.sharesWord(word);
  }

  public static boolean mayStay(String text, ResidualScan scan) {
    boolean known = STAYED.contains(text);
    if ((known || !isDoubtful(text)) && namesNobody(text, scan)) {
      if (!known) {
        remember(text);
      }
      return true;
    }
    return false;
  }

  /** Whatever the source; each source has names and places of its own. */
  private static boolean isDoubtful(String text) {
    return text.isBlank()
        || text.length() > LONGEST
        || text.indexOf('@') >= 0
        || text.indexOf('\uFFFF') >= 0
        || text.contains("://")
        || DOUBTFUL.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).find();
  }

  /** Begins anew when full: what recurs is soon back. */
  private static void remember(String text) {
    if (STAYED.size() >= MOST_REMEMBERED) {
      STAYED.clear();
    }
    STAYED.add(text);
  }

  static int remembered() {
    return STAYED.size();
  }
}
