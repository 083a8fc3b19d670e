package org.medseal.pages.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QrCodeTest {
  private static final String URI =
      "otpauth://totp/MedSeal:dr-li?secret=JBSWY3DPEHPK3PXP&issuer=MedSeal";

  @Test
  void runsCoverExactlyTheDarkModules() {
    QrCode drawn = QrCode.of(URI);
    io.nayuki.qrcodegen.QrCode source =
        io.nayuki.qrcodegen.QrCode.encodeText(URI, io.nayuki.qrcodegen.QrCode.Ecc.MEDIUM);
    boolean[][] dark = new boolean[drawn.size() + 8][drawn.size() + 8];
    for (QrCode.Run run : drawn.runs()) {
      for (int x = run.x(); x < run.x() + run.width(); x++) {
        assertThat(dark[run.y()][x]).isFalse();
        dark[run.y()][x] = true;
      }
    }
    for (int y = 0; y < dark.length; y++) {
      for (int x = 0; x < dark.length; x++) {
        assertThat(dark[y][x]).isEqualTo(source.getModule(x - QrCode.QUIET, y - QrCode.QUIET));
      }
    }
  }

  @Test
  void onlyASecondFactorsAddressIsDrawn() {
    assertThat(SecondFactor.of("JBSWY3DPEHPK3PXP", URI).grouped()).isEqualTo("JBSW Y3DP EHPK 3PXP");
    assertThatThrownBy(() -> SecondFactor.of("x", "https://evil.example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SecondFactor.of("x", "otpauth://totp/" + "a".repeat(600)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
