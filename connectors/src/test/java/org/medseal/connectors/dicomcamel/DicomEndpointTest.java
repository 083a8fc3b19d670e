package org.medseal.connectors.dicomcamel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomEndpointTest {
  private static DicomEndpoint storing(String titles) {
    DicomEndpoint endpoint =
        new DicomEndpoint("dicom:127.0.0.1:0", new DicomComponent(), "127.0.0.1", 0);
    endpoint.setStoringAeTitles(titles);
    return endpoint;
  }

  @Test
  void noneMeansNobodyAndTheStarEverybody() {
    assertThat(storing("none").server().policy().storing()).contains(Set.of());
    assertThat(storing("*").server().policy().storing()).isEqualTo(Optional.empty());
    assertThat(storing("CT1, MR2").server().policy().storing()).contains(Set.of("CT1", "MR2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "CT1,", "CT1,*", "CT1,none"})
  void aListThatIsEmptyOrMixedIsRefused(String titles) {
    assertThatThrownBy(() -> storing(titles).server()).isInstanceOf(IllegalArgumentException.class);
    DicomEndpoint calling = storing("*");
    calling.setCallingAeTitles(titles);
    assertThatThrownBy(calling::server).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0x0000, true", "0xB000, true", "0xB007, true", "0xA700, false", "0x0110, false"})
  void aWarningIsStoredAndAFailureIsNot(String status, boolean stored) {
    assertThat(DicomProducer.isStored(Integer.decode(status))).isEqualTo(stored);
  }
}
