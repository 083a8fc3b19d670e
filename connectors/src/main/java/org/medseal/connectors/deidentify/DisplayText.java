package org.medseal.connectors.deidentify;

/**
 * Whether the text beside a public code may stay. It is never needed, so anything doubtful goes:
 * what the residual scan finds, long texts, long numbers, addresses of any kind.
 */
public final class DisplayText {

  private static final int LONGEST = 160;
  private static final int LONGEST_NUMBER = 5;

  private DisplayText() {}

  public static boolean mayStay(String text, ResidualScan scan) {
    return !text.isBlank()
        && text.length() <= LONGEST
        && text.indexOf('@') < 0
        && text.indexOf('\uFFFF') < 0
        && !text.contains("://")
        && longestNumber(text) <= LONGEST_NUMBER
        && !scan.occursIn(text);
  }

  private static int longestNumber(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = Character.isDigit(text.charAt(i)) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
