package org.medseal.pages.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SharePlotTest {
  private static final Pattern BAR =
      Pattern.compile("<rect class=\"plot-bar plot-c1\"[^>]* width=\"([0-9.]+)\"");

  @Test
  void aBarIsAsLongAsItsShare() {
    Plot plot = draw(share("hospital-1", 60), share("hospital-2", 30), share("hospital-3", 10));
    List<Double> widths = widths(plot.wide());
    assertThat(widths).containsExactly(432.0, 216.0, 72.0);
    assertThat(plot.rows())
        .containsExactly(
            List.of("hospital-1", "60", "60%"),
            List.of("hospital-2", "30", "30%"),
            List.of("hospital-3", "10", "10%"));
  }

  @Test
  void whoHasNothingHasNoBar() {
    assertThat(widths(draw(share("a", 5), share("b", 0)).wide())).containsExactly(720.0);
    Plot none = draw(share("a", 0));
    assertThat(widths(none.wide())).isEmpty();
    assertThat(none.rows()).containsExactly(List.of("a", "0", "0%"));
  }

  @Test
  void aNameIsEscapedAndCutToItsRoom() {
    Plot plot = draw(share("<b>" + "x".repeat(200), 5));
    assertThat(plot.narrow()).contains("&lt;b&gt;xxx", "x…<").doesNotContain("<b>");
  }

  private static SharePlot.Share share(String name, long units) {
    return new SharePlot.Share(name, units);
  }

  private static Plot draw(SharePlot.Share... shares) {
    return SharePlot.draw(
        new Plot.Words("stake", "Stake", "Who holds how much.", "Institution"),
        new SharePlot.Numbers("Units", "Share", Locale.ENGLISH),
        List.of(shares));
  }

  private static List<Double> widths(String svg) {
    return BAR.matcher(svg)
        .results()
        .map(MatchResult::group)
        .map(each -> each.replaceAll(".*width=\"([0-9.]+)\"", "$1"))
        .map(Double::valueOf)
        .toList();
  }
}
