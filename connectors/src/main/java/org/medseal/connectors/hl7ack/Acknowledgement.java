package org.medseal.connectors.hl7ack;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/**
 * Builds the answer to a message: original mode AA/AE/AR; enhanced mode CA/CE/CR when MSH-15 asks
 * for it, else AA/AE/AR when MSH-16 does (HL7 v2.5.1 chapter 2.9). Delimiters, character set and
 * version are the sender's; nothing of our insides is told.
 */
public final class Acknowledgement {
  static final DateTimeFormatter HL7_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");
  private static final int FIRST_MINOR_WITH_ERR_CODES = 5;

  private final Hl7Head head;
  private final StringBuilder out = new StringBuilder(256);

  private Acknowledgement(Hl7Head head) {
    this.head = head;
  }

  /** Empty when the sender asked for none in this case. */
  public static Optional<byte[]> to(Hl7Head head, Answer answer, Instant now) {
    return code(head, answer).map(code -> new Acknowledgement(head).build(code, answer, now));
  }

  private static Optional<String> code(Hl7Head head, Answer answer) {
    String accept = head.field(15).trim();
    String application = head.field(16).trim();
    boolean original = accept.isEmpty() && application.isEmpty();
    if (original || asksFor(application, answer, accept)) {
      return Optional.of("A" + answer.letter());
    }
    return isWanted(accept, answer) ? Optional.of("C" + answer.letter()) : Optional.empty();
  }

  /** The application's answer stands in only where no accept acknowledgement is wanted. */
  private static boolean asksFor(String application, Answer answer, String accept) {
    return !isWanted(accept, answer) && isWanted(application, answer);
  }

  /** HL7 table 0155; an unknown condition counts as AL, so that nobody waits in vain. */
  private static boolean isWanted(String condition, Answer answer) {
    return switch (condition) {
      case "", "NE" -> false;
      case "ER" -> answer != Answer.ACCEPT;
      case "SU" -> answer == Answer.ACCEPT;
      default -> true;
    };
  }

  private byte[] build(String code, Answer answer, Instant now) {
    segment(
        "MSH",
        head.field(2),
        head.field(5),
        head.field(6),
        head.field(3),
        head.field(4),
        HL7_TIME.format(ZonedDateTime.ofInstant(now, ZoneId.systemDefault())),
        "",
        messageType(),
        UUID.randomUUID().toString().replace("-", "").substring(0, 20),
        head.field(11).isEmpty() ? "P" : head.field(11),
        head.field(12).isEmpty() ? "2.3" : head.field(12),
        "",
        "",
        "",
        "",
        "",
        head.field(18));
    segment("MSA", code, head.field(10));
    if (answer != Answer.ACCEPT && minorVersion() >= FIRST_MINOR_WITH_ERR_CODES) {
      segment("ERR", "", "", errorCode(answer), "E");
    }
    return out.toString().getBytes(head.charset());
  }

  private String messageType() {
    char c = head.componentSeparator();
    String trigger = head.component(9, 2);
    if (trigger.isEmpty()) {
      return "ACK";
    }
    return minorVersion() >= 4 ? "ACK" + c + trigger + c + "ACK" : "ACK" + c + trigger;
  }

  /** HL7 table 0357. */
  private String errorCode(Answer answer) {
    char c = head.componentSeparator();
    return answer == Answer.ERROR
        ? "207" + c + "Application internal error" + c + "HL70357"
        : "100" + c + "Segment sequence error" + c + "HL70357";
  }

  private int minorVersion() {
    String version = head.component(12, 1);
    boolean known =
        version.length() >= 3 && version.startsWith("2.") && Character.isDigit(version.charAt(2));
    return known ? version.charAt(2) - '0' : 0;
  }

  private void segment(String name, String... fields) {
    int last = fields.length;
    while (last > 0 && fields[last - 1].isEmpty()) {
      last--;
    }
    out.append(name);
    for (int i = 0; i < last; i++) {
      out.append(head.separator()).append(fields[i]);
    }
    out.append('\r');
  }
}
