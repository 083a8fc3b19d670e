package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.camel.component.file.FileEndpoint;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageState;

class FolderRoutesTest extends RouteCase {
  @Test
  void droppedFilesGiveAReceiptPerMessageAndAreDeletedAfterwards() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/hl7-folder.yaml", "feeds/fhir-folder.yaml", "pipeline.yaml");
      byte[] one = adt("1", "1");
      byte[] two = adt("2", "2");
      drop("hl7", CANARY + ".hl7", concat(one, Hospital.bytes("\r\n"), two));
      drop("fhir", CANARY + ".json", Hospital.sample("fhir/observation-blood-pressure.json"));
      awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 3);
      awaitTrue(() -> isEmpty(home.resolve("drop/hl7")) && isEmpty(home.resolve("drop/fhir")));
      assertThat(hospital.ledger.all()).hasSize(3);
    }
  }

  @Test
  void filesInNestedFoldersAreTakenAndAnEmptyOneIsQuarantined() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/hl7-folder.yaml", "feeds/fhir-folder.yaml", "feeds/dicom-folder.yaml");
      drop("hl7", "empty.hl7", new byte[0]);
      drop("fhir", "empty.json", new byte[0]);
      drop("dicom", "empty.dcm", new byte[0]);
      drop("hl7", "a/b/one.hl7", adt("1", "1"));
      drop("fhir", "a/b/one.json", patient("2"));
      drop("dicom", "STUDY/SERIES/IMG1", Hospital.sample("dicom/ct-head.dcm"));
      awaitTrue(() -> hospital.store.counts().get(MessageState.RECEIVED) == 3);
      awaitTrue(() -> hospital.store.counts().get(MessageState.QUARANTINED) == 3);
      awaitTrue(() -> isEmpty(home.resolve("drop")));
      assertThat(hospital.store.list(Optional.of(MessageState.QUARANTINED), 10, Optional.empty()))
          .allSatisfy(m -> assertThat(m.reason()).contains(QuarantineReason.UNPARSABLE));
    }
  }

  @Test
  void noFolderWritesOrLooksForMarkersNamedAfterFiles() throws Exception {
    try (LogCapture log = LogCapture.open();
        Hospital hospital = new Hospital(home, ROOM)) {
      for (String folder : List.of("hl7", "fhir", "dicom")) {
        drop(folder, CANARY + ".x.camelLock", Hospital.bytes(""));
      }
      hospital.start("feeds/hl7-folder.yaml", "feeds/fhir-folder.yaml", "feeds/dicom-folder.yaml");
      drop("hl7", CANARY + ".hl7", adt("1", "1"));
      awaitTrue(() -> hospital.store.counts().get(MessageState.RECEIVED) == 1);
      assertThat(log.text()).doesNotContain(CANARY);
      assertThat(hospital.camel.getEndpoints().stream().filter(FileEndpoint.class::isInstance))
          .hasSize(3)
          .allSatisfy(e -> assertThat(((FileEndpoint) e).isReadLockMarkerFile()).isFalse());
    }
  }

  @Test
  void aFileStaysWhileTheInboxIsFull() throws Exception {
    try (LogCapture log = LogCapture.open();
        Hospital hospital = new Hospital(home, FULL)) {
      hospital.start("feeds/hl7-folder.yaml");
      drop("hl7", CANARY + ".hl7", concat(adt("1", "1"), adt("2", "2")));
      awaitTrue(() -> log.text().contains("BackPressureException"));
      assertThat(home.resolve("drop/hl7/" + CANARY + ".hl7")).exists();
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
      assertThat(log.text()).doesNotContain(CANARY);
    }
  }

  @Test
  void aFileThatIsNoHl7IsQuarantinedInTheInbox() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("feeds/hl7-folder.yaml");
      drop("hl7", "scan.pdf", Hospital.bytes("%PDF-1.7 not a message"));
      awaitTrue(() -> hospital.store.counts().get(MessageState.QUARANTINED) == 1);
      String id = hospital.store.list(Optional.empty(), 1, Optional.empty()).get(0).id();
      assertThat(hospital.store.raw(id)).isEqualTo(Hospital.bytes("%PDF-1.7 not a message"));
      assertThat(hospital.store.sourceLabel(id)).contains("scan.pdf");
    }
  }
}
