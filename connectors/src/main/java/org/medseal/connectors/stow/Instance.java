package org.medseal.connectors.stow;

import java.io.IOException;
import java.util.Optional;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomCodec;
import org.medseal.connectors.dicom.DicomException;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.Values;

/** What the answer says of an instance: UIDs as sent, all of digits and dots. */
record Instance(String sopClass, String sopInstance, String study) {
  /** Read to its end; empty if it is no DICOM object or does not say which. */
  static Optional<Instance> of(Content content) throws IOException {
    try {
      Dataset dataset = DicomCodec.standard().read(content).dataset();
      return uid(dataset, Tag.SOP_CLASS_UID)
          .flatMap(
              sopClass ->
                  uid(dataset, Tag.SOP_INSTANCE_UID)
                      .map(
                          sopInstance ->
                              new Instance(
                                  sopClass,
                                  sopInstance,
                                  uid(dataset, Tag.STUDY_INSTANCE_UID).orElse(""))));
    } catch (DicomException e) {
      return Optional.empty();
    }
  }

  static boolean isUid(String text) {
    return text.matches("[0-9][0-9.]{0,63}");
  }

  private static Optional<String> uid(Dataset dataset, int tag) {
    return Values.firstAscii(dataset, tag).filter(Instance::isUid);
  }
}
