package org.medseal.bench.deid;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Invented identities from a seed, and the answer key: which texts may not be found in the record
 * and which clinical values must. Names begin as no medical word does; numbers are long enough that
 * a keyed one does not hold them by chance.
 */
final class AnswerKey {

  private final Random random;
  private final String family;
  private final List<Secret> secrets = new ArrayList<>();
  private final List<String> clinical = new ArrayList<>();

  AnswerKey(long seed) {
    this.random = new Random(seed);
    this.family = name(Place.STANDARD);
  }

  /** The patient's family name, for texts about somebody whom the message names elsewhere too. */
  String family() {
    return family;
  }

  /** The patient's family name in a place of this kind. */
  String known(Place place) {
    return secret(place, Secret.Kind.NAME, family);
  }

  String name(Place place) {
    return secret(place, Secret.Kind.NAME, invented());
  }

  private String invented() {
    StringBuilder name = new StringBuilder("Xq");
    for (int i = 2 + random.nextInt(3); i > 0; i--) {
      name.append("bdfgklmnprstvz".charAt(random.nextInt(14)))
          .append("aeiouéü".charAt(random.nextInt(7)));
    }
    return name.toString();
  }

  String han(Place place) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      name.append("龘靐齉爩麤龖厵灪".charAt(random.nextInt(8)));
    }
    return secret(place, Secret.Kind.HAN_NAME, name.toString());
  }

  /** A number of somebody or something: twelve digits. */
  String number(Place place) {
    return secret(place, Secret.Kind.NUMBER, digits(12));
  }

  /** An identifier with the separators and letters that registries like. */
  String device(Place place) {
    return secret(place, Secret.Kind.DEVICE, "SN-" + digits(6) + "/" + digits(6));
  }

  String oid(Place place) {
    return secret(place, Secret.Kind.OID, "1.2.156." + digits(8) + "." + digits(5));
  }

  String street(Place place) {
    String street = 1 + random.nextInt(900) + " " + invented() + " Road";
    return secret(place, Secret.Kind.ADDRESS, street);
  }

  String phone(Place place) {
    return secret(place, Secret.Kind.PHONE, "0" + digits(3) + "-" + digits(8));
  }

  String mail(Place place) {
    return secret(place, Secret.Kind.MAIL, invented() + "@" + invented() + ".example");
  }

  /** An institution; the answer key wants its own part gone whatever stands around it. */
  String institution(Place place) {
    return secret(place, Secret.Kind.INSTITUTION, invented()) + " General Hospital";
  }

  /** A host of the institution, as in addresses and code systems. */
  String host(Place place) {
    return "http://" + secret(place, Secret.Kind.INSTITUTION, plain()) + ".example";
  }

  private String plain() {
    return invented().replace('é', 'e').replace('ü', 'u').toLowerCase(Locale.ROOT);
  }

  /** A name in Base64; neither form may be found. */
  String encoded(Place place) {
    byte[] name = name(place).getBytes(StandardCharsets.UTF_8);
    return secret(place, Secret.Kind.NAME, Base64.getEncoder().encodeToString(name));
  }

  /** A date of birth, YYYYMMDD. */
  String birthDate(Place place) {
    return secret(place, Secret.Kind.BIRTH_DATE, date());
  }

  private String date() {
    return 1940 + random.nextInt(70) + twoDigits(12) + twoDigits(28);
  }

  /**
   * As {@link #time}, YYYYMMDD. For one place of a message: of two, one could be moved to the
   * other's.
   */
  String day(Place place) {
    return secret(place, Secret.Kind.EVENT_TIME, date());
  }

  /** When something happened, YYYYMMDDHHMMSS; may come out only if the patient's offset is 0. */
  String time(Place place) {
    String time =
        "2023" + twoDigits(12) + twoDigits(28) + twoDigits(23) + twoDigits(59) + twoDigits(59);
    return secret(place, Secret.Kind.EVENT_TIME, time);
  }

  /** As {@link #time}, spelled as FHIR does and without a zone. */
  String isoTime(Place place) {
    String t = time(place);
    String clock = t.substring(8, 10) + ":" + t.substring(10, 12) + ":" + t.substring(12);
    return t.substring(0, 4) + "-" + t.substring(4, 6) + "-" + t.substring(6, 8) + "T" + clock;
  }

  /** As {@link #birthDate}, spelled as FHIR does. */
  String isoBirthDate(Place place) {
    String d = birthDate(place);
    return d.substring(0, 4) + "-" + d.substring(4, 6) + "-" + d.substring(6);
  }

  private String twoDigits(int last) {
    return String.format(Locale.ROOT, "%02d", 1 + random.nextInt(last));
  }

  private String digits(int count) {
    StringBuilder out = new StringBuilder().append((char) ('1' + random.nextInt(9)));
    while (out.length() < count) {
      out.append((char) ('0' + random.nextInt(10)));
    }
    return out.toString();
  }

  private String secret(Place place, Secret.Kind kind, String text) {
    secrets.add(new Secret(place, kind, text));
    return text;
  }

  /** A code of a public system that the record must hold. */
  String code(PublicSystem system, String code) {
    clinical.add(system.entry(code));
    return code;
  }

  /** A measured value that the record must hold. */
  String measured() {
    String value = 1 + random.nextInt(400) + "." + (1 + random.nextInt(9));
    clinical.add(PublicSystem.number(value));
    return value;
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  List<Secret> secrets() {
    return secrets;
  }

  List<String> clinical() {
    return clinical;
  }
}
