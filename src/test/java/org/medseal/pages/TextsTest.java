package org.medseal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page says everything in both languages. */
class TextsTest {
  private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

  static List<String> areas() {
    return Texts.AREAS;
  }

  private static Properties read(String area, Language language) throws Exception {
    Properties properties = new Properties();
    String name = "/texts/" + area + "_" + language.code() + ".properties";
    try (Reader in =
        new InputStreamReader(TextsTest.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
      properties.load(in);
    }
    return properties;
  }

  @ParameterizedTest
  @MethodSource("areas")
  void bothLanguagesHaveTheSameKeysWithTheSamePlaces(String area) throws Exception {
    Properties english = read(area, Language.EN);
    Properties chinese = read(area, Language.ZH);
    assertThat(new TreeSet<>(chinese.stringPropertyNames()))
        .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    for (String key : english.stringPropertyNames()) {
      assertThat(places(chinese.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
      assertThat(english.getProperty(key)).as(key).isNotBlank();
      assertThat(chinese.getProperty(key)).as(key).isNotBlank();
    }
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    PLACE.matcher(text).results().forEach(each -> places.add(each.group()));
    return places;
  }

  @Test
  void noKeyStandsInTwoAreas() {
    for (Language language : Language.values()) {
      assertThat(Texts.load(language).has("frame.product")).isTrue();
    }
  }

  @Test
  void everyKeyOfATemplateHasAText() throws Exception {
    Texts texts = Texts.load(Language.EN);
    int keys = 0;
    for (Template template : Template.all()) {
      for (String key : template.keys()) {
        assertThat(texts.has(key)).as(template.file() + ": " + key).isTrue();
        keys++;
      }
    }
    assertThat(keys).isGreaterThan(50);
  }

  @Test
  void noTemplateHoldsWordsOfItsOwn() throws Exception {
    for (Template template : Template.all()) {
      assertThat(template.literals()).as(template.file().toString()).isEmpty();
    }
  }

  @Test
  void wordsOutsideTextsWouldBeSeen() {
    assertThat(literals("<p>Hello</p>")).containsExactly("Hello");
    assertThat(literals("@if(a)<b aria-label=\"Close\">${page.t(\"x.y\")}</b>@endif"))
        .containsExactly("Close");
    assertThat(literals("${a ? \"b\" : \"c\"} @template.frame.time(page = page, at = x)"))
        .isEmpty();
    assertThat(literals("@template.frame.layout(title = t, content = @`\n<h1>Bare</h1>\n`)"))
        .containsExactly("Bare");
  }

  private static List<String> literals(String source) {
    return new Template(Path.of("x.jte"), source).literals();
  }

  @Test
  void noTemplateTurnsEscapingOffOrBringsStyleOrScriptOfItsOwn() throws Exception {
    for (Template template : Template.all()) {
      assertThat(template.source())
          .as(template.file().toString())
          .doesNotContain("$unsafe", "style=", "<style", "javascript:", "Content.raw")
          .doesNotContainPattern("<script(?![^>]*\\bsrc=)")
          .doesNotContainPattern("\\son[a-z]+=");
    }
  }

  @Test
  void placesAreFilledAndApostrophesStay() {
    Texts texts = Texts.load(Language.EN);
    assertThat(texts.of("home.hello", "O'Neill {0}")).isEqualTo("Good day, O'Neill {0}");
    assertThat(texts.of("home.hello")).isEqualTo("Good day, {0}");
    assertThat(texts.of("no.such.key")).isEqualTo("no.such.key");
    assertThat(texts.code("role", "ADMIN")).isEqualTo("Administrator");
    assertThat(texts.code("role", "UNHEARD_OF")).isEqualTo("UNHEARD_OF");
  }
}
