package org.medseal.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.intake.LineSettings;
import org.medseal.connectors.mllp.FeedTls;
import org.medseal.ledger.node.NodeSettings.Snapshotting;
import org.medseal.requests.RequestTerms;

class SettingsTest {
  private static final Path SHIPPED = Path.of("config/application.properties");

  @TempDir private Path folder;

  @Test
  void theHomeOverridesWhatIsShipped() throws IOException {
    Settings settings = settings("medseal.institution=hospital-9\nmedseal.mllp.port=2999\n");
    assertThat(settings.institution()).isEqualTo("hospital-9");
    assertThat(settings.mllp()).isEqualTo(new Endpoint("127.0.0.1", 2999));
    assertThat(settings.unlisted()).isEqualTo(UnlistedAuthority.QUARANTINE);
  }

  @Test
  void requestsAndGrantsLastAsLongAsTheSettingsSay() throws IOException {
    assertThat(settings("medseal.institution=h").requestTerms()).isEqualTo(RequestTerms.STANDARD);
    assertThat(
            settings(
                    """
                    medseal.institution=h
                    medseal.requests.answerDays=3
                    medseal.requests.validDays=7
                    """)
                .requestTerms())
        .isEqualTo(RequestTerms.ofDays(3, 7));
    for (String days : new String[] {"0", "367", "-1", "x"}) {
      assertThatThrownBy(
              () -> settings("medseal.institution=h\nmedseal.requests.validDays=" + days))
          .as(days)
          .hasMessageContaining("medseal.requests.validDays");
    }
  }

  @Test
  void dicomListensOnLoopbackForEverybodyUnlessToldWhoMay() throws IOException {
    assertThat(settings("medseal.institution=h").dicom().properties())
        .containsEntry("dicom.host", "127.0.0.1")
        .containsEntry("dicom.port", "11112")
        .containsEntry("dicom.callingAeTitles", "*");
    Settings listed = settings("medseal.institution=h\nmedseal.dicom.callingAeTitles=CT1, MR 2\n");
    assertThat(listed.dicom().properties()).containsEntry("dicom.callingAeTitles", "CT1, MR 2");
  }

  @Test
  void aListOfTitlesThatCouldLetInEverybodyStopsTheStart() {
    for (String list : new String[] {"CT1,", "CT1,*", "none", "A\\\\B", "SEVENTEENLETTERS1"}) {
      assertThatThrownBy(
              () -> settings("medseal.institution=h\nmedseal.dicom.callingAeTitles=" + list))
          .as(list)
          .hasMessageContaining("medseal.dicom.callingAeTitles");
    }
  }

  @Test
  void aFeedHasItsOwnPolicyWhereItSaysSo() throws IOException {
    Settings settings =
        settings(
            """
            medseal.institution=h
            medseal.feed.mllp.unlisted=local
            medseal.feed.mllp.authority=1.2.3
            medseal.feed.mllp.charset=GB18030
            """);
    assertThat(settings.policy("mllp").unlisted()).isEqualTo(UnlistedAuthority.LOCAL);
    assertThat(settings.policy("mllp").defaultAuthority()).isEqualTo(Optional.of("1.2.3"));
    assertThat(settings.policy("fhir").unlisted()).isEqualTo(UnlistedAuthority.QUARANTINE);
  }

  @Test
  void aFeedsLineHasItsCharacterSetAndItsTls() throws IOException {
    Settings settings =
        settings(
            """
            medseal.institution=h
            medseal.feed.mllp.charset=GB18030
            medseal.feed.mllp.tls.certificate=tls/own.pem
            medseal.feed.mllp.tls.key=/etc/key.pem
            medseal.feed.lab.tls.certificate=a.pem
            medseal.feed.lab.tls.key=b.pem
            medseal.feed.lab.tls.clientCa=c.pem
            medseal.feed.other.unlisted=local
            """);
    Map<String, LineSettings> lines = settings.lines(Path.of("/home"));
    assertThat(lines).containsOnlyKeys("mllp", "lab");
    assertThat(lines.get("mllp").charset()).contains(Charset.forName("GB18030"));
    assertThat(lines.get("mllp").tls())
        .contains(
            new FeedTls(Path.of("/home/tls/own.pem"), Path.of("/etc/key.pem"), Optional.empty()));
    assertThat(lines.get("lab").tls().orElseThrow().isMutual()).isTrue();
  }

  @Test
  void aCertificateWithoutItsKeyIsNamed() {
    assertThatThrownBy(
            () -> settings("medseal.institution=h\nmedseal.feed.mllp.tls.certificate=a.pem\n"))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("medseal.feed.mllp.tls.key");
  }

  @Test
  void aWrongSettingIsNamedWithItsFile() {
    for (String wrong :
        new String[] {
          "medseal.mllp.port=many",
          "medseal.mllp.port=70000",
          "medseal.unlisted=perhaps",
          "medseal.peer.bind=nowhere",
          "medseal.feed.mllp.charset=KLINGON",
          "medseal.mlpp.port=1"
        }) {
      String key = wrong.substring(0, wrong.indexOf('='));
      assertThatThrownBy(() -> settings("medseal.institution=h\n" + wrong + "\n"))
          .isInstanceOf(HomeException.class)
          .hasMessageContainingAll(key, "home.properties");
    }
  }

  @Test
  void theDiskReserveIsBytesOrTheUsualPart() throws IOException {
    assertThat(settings("medseal.institution=h\n").diskReserveBytes()).isEmpty();
    String key = "medseal.institution=h\nmedseal.blobs.reserveBytes=";
    assertThat(settings(key + "21474836480").diskReserveBytes()).hasValue(21_474_836_480L);
    assertThatThrownBy(() -> settings(key + "-1"))
        .hasMessageContaining("medseal.blobs.reserveBytes");
  }

  @Test
  void aMissingInstitutionIsNamed() {
    assertThatThrownBy(() -> settings("")).hasMessageContaining("medseal.institution");
  }

  @Test
  void aCheckpointIsReadAndAWrongOneIsNamed() throws IOException {
    String checkpoint = "7:" + "ab".repeat(32);
    assertThat(settings("medseal.institution=h\n").checkpoint()).isEmpty();
    assertThat(
            settings("medseal.institution=h\nmedseal.ledger.checkpoint=" + checkpoint)
                .checkpoint()
                .map(Object::toString))
        .hasValue(checkpoint);
    assertThat(
            settings(
                    "medseal.institution=h\nmedseal.ledger.checkpoint="
                        + checkpoint
                        + "@2026-11-23")
                .trusted()
                .map(Object::toString))
        .hasValue(checkpoint + "@2026-11-23");
    assertThat(
            settings("medseal.institution=h\nmedseal.ledger.checkpoint=genesis@2026-11-23")
                .checkpoint())
        .isEmpty();
    assertThatThrownBy(
            () -> settings("medseal.institution=h\nmedseal.ledger.checkpoint=genesis@yesterday"))
        .hasMessageContaining("medseal.ledger.checkpoint");
    assertThatThrownBy(() -> settings("medseal.institution=h\nmedseal.ledger.checkpoint=7"))
        .hasMessageContaining("medseal.ledger.checkpoint");
  }

  @Test
  void aSnapshotIsJoinedByWithACheckpointOnly() throws IOException {
    String joins = "medseal.institution=h\nmedseal.ledger.joinBySnapshot=true\n";
    assertThatThrownBy(() -> settings(joins)).hasMessageContaining("medseal.ledger.checkpoint");
    String checkpoint = "medseal.ledger.checkpoint=7:" + "ab".repeat(32);
    assertThat(settings(joins + checkpoint).snapshotting().join()).isTrue();
    assertThat(settings("medseal.institution=h\n").snapshotting()).isEqualTo(Snapshotting.STANDARD);
    assertThat(
            settings("medseal.institution=h\nmedseal.ledger.snapshotBlocks=0")
                .snapshotting()
                .everyBlocks())
        .isZero();
    assertThatThrownBy(() -> settings("medseal.institution=h\nmedseal.ledger.snapshotBlocks=-1"))
        .hasMessageContaining("medseal.ledger.snapshotBlocks");
  }

  @Test
  void theCommandLineOverridesTheHome() throws IOException {
    Path home = Files.writeString(folder.resolve("home.properties"), "medseal.institution=h\n");
    Settings settings =
        Settings.of(
            new SettingsSource()
                .over(SHIPPED)
                .over(home)
                .over(Map.of("medseal.unlisted", "local"), "the command line"));
    assertThat(settings.unlisted()).isEqualTo(UnlistedAuthority.LOCAL);
  }

  private Settings settings(String home) throws IOException {
    Path file = Files.writeString(folder.resolve("home.properties"), home);
    return Settings.of(new SettingsSource().over(SHIPPED).over(file));
  }
}
