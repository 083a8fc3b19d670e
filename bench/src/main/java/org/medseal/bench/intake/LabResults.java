package org.medseal.bench.intake;

import java.nio.charset.StandardCharsets;

/** Laboratory results of about 1 kB, each another message about one of a few thousand patients. */
public final class LabResults {
  private static final int PATIENTS = 4_001;

  private LabResults() {}

  /** What the sender calls message number {@code n} of a series; MSH-10. */
  public static String controlId(String series, long n) {
    return series + "-" + n;
  }

  public static byte[] message(String series, long n) {
    StringBuilder text =
        new StringBuilder(1_200)
            .append("MSH|^~\\&|LAB|SOMEWHERE|MEDSEAL|SOMEWHERE|20260401101500||ORU^R01^ORU_R01|")
            .append(controlId(series, n))
            .append("|P|2.5.1\rPID|1||")
            .append(700_000 + n % PATIENTS)
            .append("^^^^MR||Testperson^Number||19700101|M|||1 Some Street^^Sometown^^10000\r")
            .append("PV1|1|I|W3^12^A||||1234^Some^Doctor\r")
            .append("OBR|1|A")
            .append(n)
            .append("|F")
            .append(n)
            .append("|58410-2^CBC panel^LN|||20260401100000\r");
    String[] codes = {
      "718-7^Hemoglobin", "4544-3^Hematocrit", "6690-2^Leukocytes", "777-3^Platelets"
    };
    for (int i = 0; i < 2 * codes.length; i++) {
      text.append("OBX|")
          .append(i + 1)
          .append("|NM|")
          .append(codes[i % codes.length])
          .append(" [Mass/volume] in Blood^LN||")
          .append((n + i * 7L) % 90 + 10)
          .append('.')
          .append(n % 10)
          .append("|g/dL^^UCUM|13.5-17.5|N|||F|||20260401100500\r");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
