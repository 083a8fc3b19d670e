package org.medseal.connectors.deidentify;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a unit of measure looks like (UCUM and what laboratories write instead): signs, short
 * numbers, and words that are units. Any other word of four letters or more could be somebody's.
 */
public final class Units {

  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9%/*.^()\\[\\]{}'\"µμ°ΩÅ#,:<>=!&_+ \\-\\p{IsHan}]{1,60}");
  private static final Pattern RUN = Pattern.compile("\\p{IsHan}+|[A-Za-z]+|[0-9]+");

  /** Three numbers joined by signs are a date or a number of somebody, and no unit. */
  private static final Pattern JOINED_NUMBERS = Pattern.compile("\\d[-./:_ ]+\\d+[-./:_ ]+\\d");

  private static final int SHORTEST_WORD = 4;
  private static final int LONGEST_NUMBER = 3;

  /** Longer numbers of units: counts, Ringer's, body surface. */
  private static final Set<String> NUMBERS = Set.of("1000", "10000", "100000");

  private static final Set<String> WORDS = words();

  private Units() {}

  /** Whether nothing but a unit stands here; at most 60 characters. */
  public static boolean isUnit(String value) {
    if (!SHAPE.matcher(value).matches()
        || value.isBlank()
        || JOINED_NUMBERS.matcher(value).find()) {
      return false;
    }
    boolean spaced = value.strip().indexOf(' ') >= 0;
    Matcher run = RUN.matcher(value);
    while (run.find()) {
      if (!fits(run.group(), spaced)) {
        return false;
      }
    }
    return true;
  }

  /** Where there are several words, short ones must be units too: a name has short parts. */
  private static boolean fits(String run, boolean spaced) {
    if (Character.isDigit(run.charAt(0))) {
      return run.length() <= LONGEST_NUMBER || NUMBERS.contains(run);
    }
    boolean latin = run.charAt(0) < 128;
    boolean small = latin && run.length() < SHORTEST_WORD && !spaced;
    return small || WORDS.contains(run.toLowerCase(Locale.ROOT));
  }

  private static Set<String> words() {
    String all =
        """
        a b c d e f g h i k l m n o p s t u v w x y mm hg cm mg ug ng pg kg dl ml ul nl pl fl iu ku
        mu miu uiu eq meq mol kat bar pa kpa hpa hz khz mhz db min hr hrs sec wk mo yr yrs ann day
        per of to and in ft oz lb lbs fl mcg cal deg cel mv ma ohm pt gm gms ea tab tabs cap caps can
        cup bag pil amp inh cc hpf lpf hp lp log ph inr cfu pfu feu ddu wbc rbc wbcs rbcs hgb hb cr bsa
        old low ln sl
        mmol umol nmol pmol fmol moles mole millimole millimoles micromole micromoles nanomole
        mmoll umoll nmoll pmoll mgdl gdl mlmin mosm osmol mosmol mosmols mmhg cmho torr mbar pascal
        kcal kilocalorie kilocalories calorie calories joule kjoule katal ukat nkat mkat
        cells cell copies copy colony colonies leukocytes erythrocytes platelets nucleated
        lymphocytes neutrophils reticulocytes sperm bacteria organisms
        beat beats breath breaths resp respirations times minute minutes mins hour hours second
        seconds secs days week weeks month months year years
        gram grams milligram milligrams microgram micrograms nanogram nanograms kilogram kilograms
        pound pounds ounce ounces liter liters litre litres milliliter milliliters millilitre
        deciliter deciliters decilitre microliter microliters femtoliter femtoliters picogram picograms
        meter meters metre metres centimeter centimeters millimeter millimeters micrometer micron
        microns inch inches foot feet degree degrees degf degc celsius fahrenheit kelvin
        percent percentile ratio score scores index titer titers titre dilution dilutions unit units
        arbitrary relative normalized international enzyme serum standard score fraction rate
        tablet tablets capsule capsules puff puffs spray sprays drop drops drps patch patches scoop scoops
        spoon teaspoon teaspoons tablespoon tablespoons tbsp cups bottle bottles vial vials ampule
        ampules ampoule sachet sachets suppository recsupp lozenge application applications bags each
        dose doses pack packs cigarettes drink drinks piece pieces stick sticks syringe
        million millions thousand thousands thou billion mill diopter diopters diop dioptre
        field fields high power area body surface creat creatinine crea hemoglobin haemoglobin
        fibrinogen protein albumin glucose weight bodyweight tissue stool
        giga tera mega kilo milli micro nano pico femto kunits munits iunits arbu eliau elisa
        ehrlich todd bethesda decibel decibels hertz ohms volt volts mvolt watt watts becquerel
        sievert msievert gray curie index val arb smoot knot acre stere
        次 分 分钟 个 岁 天 日 月 周 年 小时 秒 片 粒 支 袋 瓶 盒 滴 毫升 升 克 毫克 微克 单位 万单位 千克 公斤 斤
        厘米 毫米 米 度 级 倍 拷贝 毫米汞柱 毫摩尔 视野 高倍视野 低倍视野
        """;
    return Set.of(
        java.util.Arrays.stream(all.strip().split("\\s+")).distinct().toArray(String[]::new));
  }
}
