package org.medseal.connectors.dicomnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.dicom.CaseFiles;
import org.medseal.connectors.dicom.Programs;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicomnet.StoreScu.Offer;

/** DCMTK's programs and Orthanc send every case file that they can read, in its own syntax. */
class OtherPeersTest {
  /** Of Philips; a class of fo-dicom's case GH220. */
  private static final String PRIVATE_CLASS = "1.3.46.670589.5.0.1.1";

  private static final AePolicy TAKING =
      new AePolicy(Set.of(), Set.of(), Optional.empty(), Set.of(PRIVATE_CLASS));

  /** How storescu is told to offer one syntax. */
  private static final Map<String, String> PROPOSE =
      Map.ofEntries(
          Map.entry("1.2.840.10008.1.2", "-xi"),
          Map.entry("1.2.840.10008.1.2.1", "-xe"),
          Map.entry("1.2.840.10008.1.2.2", "-xb"),
          Map.entry("1.2.840.10008.1.2.1.99", "-xd"),
          Map.entry("1.2.840.10008.1.2.4.50", "-xy"),
          Map.entry("1.2.840.10008.1.2.4.51", "-xx"),
          Map.entry("1.2.840.10008.1.2.4.70", "-xs"),
          Map.entry("1.2.840.10008.1.2.4.80", "-xt"),
          Map.entry("1.2.840.10008.1.2.4.81", "-xu"),
          Map.entry("1.2.840.10008.1.2.4.90", "-xv"),
          Map.entry("1.2.840.10008.1.2.4.91", "-xw"),
          Map.entry("1.2.840.10008.1.2.5", "-xr"));

  @TempDir Path folder;

  /** A case file that says what it is: class, instance and syntax in its file meta information. */
  private record Case(Path file, Part10Head head) {
    static Stream<Case> of(Path file) {
      try (InputStream in = Files.newInputStream(file)) {
        return Stream.of(new Case(file, Part10Head.read(in)));
      } catch (IOException e) {
        return Stream.empty();
      }
    }

    Offer offer() {
      return new Offer(head.sopClassUid(), head.transferSyntaxUid());
    }
  }

  private static List<Case> cases() {
    List<Case> all = CaseFiles.all().stream().flatMap(Case::of).toList();
    assertThat(all).hasSizeGreaterThanOrEqualTo(35);
    return all;
  }

  private static TestScp listening(Received received) throws IOException {
    return new TestScp(received, TAKING, AssociationLimits.defaults(), TestScp.PATIENT);
  }

  private static String port(TestScp scp) {
    return String.valueOf(scp.port());
  }

  @Test
  void echoscuIsAnswered() throws Exception {
    Path echoscu = Programs.require("echoscu", "dcmtk");
    try (TestScp scp = listening(new Received())) {
      Programs.Ended ended =
          Programs.run(echoscu, "-v", "--propose-ts", "38", "localhost", port(scp));
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(ended.output()).contains("Received Echo Response (Success)");
    }
  }

  @Test
  void whatStorescuSendsInTheFilesOwnSyntaxIsStoredAsSent() throws Exception {
    Path storescu = Programs.require("storescu", "dcmtk");
    Path dcmdump = Programs.require("dcmdump", "dcmtk");
    Pydicom pydicom = new Pydicom(folder);
    Received received = new Received();
    try (TestScp scp = listening(received)) {
      for (Case each : readable(dcmdump)) {
        Programs.Ended ended =
            Programs.run(
                storescu,
                "-R",
                PROPOSE.get(each.head().transferSyntaxUid()),
                "localhost",
                port(scp),
                each.file().toString());
        Optional<Received.Stored> stored = take(received);
        assertThat(ended.code()).as("%s: %s", each.file(), ended.output()).isZero();
        assertThat(stored.get().head().transferSyntaxUid())
            .isEqualTo(each.head().transferSyntaxUid());
        pydicom.add(each.file(), stored.get().file());
      }
    }
    pydicom.requireEqual();
  }

  private static Optional<Received.Stored> take(Received received) {
    Optional<Received.Stored> first = received.objects.stream().findFirst();
    received.objects.clear();
    return first;
  }

  @Test
  void whatDcmsendSendsIsStoredAsSent() throws Exception {
    Path dcmsend = Programs.require("dcmsend", "dcmtk");
    Path dcmdump = Programs.require("dcmdump", "dcmtk");
    Pydicom pydicom = new Pydicom(folder);
    Received received = new Received();
    try (TestScp scp = listening(received)) {
      for (Case each : readable(dcmdump)) {
        Programs.Ended ended =
            Programs.run(dcmsend, "-dn", "-nuc", "localhost", port(scp), each.file().toString());
        assertThat(ended.code()).as("%s: %s", each.file(), ended.output()).isZero();
        Received.Stored stored = take(received).orElseThrow();
        if (TransferSyntax.of(each.head().transferSyntaxUid()).encapsulated()) {
          assertThat(stored.head().transferSyntaxUid()).isEqualTo(each.head().transferSyntaxUid());
        } // what is not compressed dcmsend writes anew, in explicit little endian
        pydicom.add(each.file(), stored.file());
      }
    }
    pydicom.requireEqual();
  }

  @Test
  void oursSendsEveryFileAndEveryByteOfItsDataSetArrives() throws Exception {
    Received received = new Received();
    List<Case> cases = cases();
    try (TestScp scp = listening(received);
        StoreScu scu =
            StoreScu.open(scp.caller("A"), cases.stream().map(Case::offer).distinct().toList())) {
      for (Case each : cases) {
        byte[] file = Files.readAllBytes(each.file());
        assertThat(scu.store(new ByteArrayInputStream(file))).isZero();
        byte[] sent = new Received.Stored(null, file).dataset();
        boolean padded = TransferSyntax.of(each.head().transferSyntaxUid()).deflated();
        int even = sent.length + (padded ? sent.length & 1 : 0);
        assertThat(take(received).orElseThrow().dataset()).isEqualTo(Arrays.copyOf(sent, even));
      }
    }
  }

  @Test
  void storescpTakesWhatOursSends() throws Exception {
    Path storescp = Programs.require("storescp", "dcmtk");
    Path dcmdump = Programs.require("dcmdump", "dcmtk");
    Path into = Files.createDirectories(folder.resolve("storescp"));
    Pydicom pydicom = new Pydicom(folder);
    int refused = 0;
    try (Peer peer = Peer.storescp(storescp, into)) {
      for (Case each : readable(dcmdump)) {
        ScuSettings settings =
            new ScuSettings(
                TestScp.loopback(peer.port()), "STORESCP", "A", TestScp.PATIENT, Optional.empty());
        byte[] file = Files.readAllBytes(each.file());
        try (StoreScu scu = StoreScu.open(settings, List.of(each.offer()))) {
          int status = scu.store(new ByteArrayInputStream(file));
          if (status == 0xA900) {
            refused++; // class or instance inside are others than its file meta information says
            Files.delete(only(into)); // it leaves what it refuses
            continue;
          }
          assertThat(status).as(each.file().toString()).isZero();
        } catch (AssociationException e) {
          throw new AssertionError(each.file() + " " + each.offer(), e);
        }
        Path written = only(into);
        pydicom.add(each.file(), Files.readAllBytes(written));
        Files.delete(written);
      }
    }
    assertThat(refused).as("case files that contradict themselves").isEqualTo(6);
    pydicom.requireEqual();
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.reduce((a, b) -> b).orElseThrow();
    }
  }

  /** By DCMTK: of a class it knows, whole, and with the class inside the data set too. */
  private static List<Case> readable(Path dcmdump) throws Exception {
    List<Case> all = new ArrayList<>();
    for (Case each : cases()) {
      Programs.Ended ended = Programs.run(dcmdump, "-q", "+P", "0008,0016", each.file().toString());
      if (ended.code() == 0 && ended.output().contains("(0008,0016) UI =")) {
        all.add(each);
      }
    }
    assertThat(all).hasSizeGreaterThanOrEqualTo(35);
    return all;
  }

  @Test
  void whatOrthancForwardsIsStoredAsItHasIt() throws Exception {
    Path program = Programs.require("Orthanc", "orthanc");
    Pydicom pydicom = new Pydicom(folder);
    Received received = new Received();
    try (TestScp scp = listening(received);
        Orthanc orthanc = Orthanc.start(program, folder, scp.port())) {
      int forwarded = 0;
      for (Case each : cases()) {
        Optional<String> id = orthanc.upload(each.file());
        if (id.isEmpty()) {
          continue; // Orthanc keeps no file without patient, study and series
        }
        orthanc.store(id.get());
        Received.Stored stored = take(received).orElseThrow();
        assertThat(stored.head().transferSyntaxUid()).isEqualTo(each.head().transferSyntaxUid());
        pydicom.add(each.file(), stored.file());
        forwarded++;
      }
      assertThat(forwarded).isGreaterThanOrEqualTo(30);
      assertThat(orthanc.echo()).isTrue();
    }
    pydicom.requireEqual();
  }
}
