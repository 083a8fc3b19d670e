package org.medseal.connectors.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DataDictionaryTest {
  @Test
  void aRetiredAttributeWithoutVrIsUnknown() {
    assertThat(DataDictionary.standard().vrOf(0x00080202, false)).isEqualTo(Vr.UN);
  }

  @Test
  void pixelDataIsWordsWhereNothingIsSaid() {
    assertThat(DataDictionary.standard().vrOf(0x7FE00010, false)).isEqualTo(Vr.OW);
  }
}
