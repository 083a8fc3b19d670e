package org.medseal.connectors.deidentify.dicom;

import java.util.List;
import java.util.Map;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Values;

/**
 * What somebody found who looked at the images of one kind of device: where it writes into the
 * pixels.
 *
 * @param signature the first value of each attribute, by tag, exactly as the device fills it; all
 *     must agree
 * @param blackout where it writes; empty where it writes nothing
 */
record DeviceRule(Map<Integer, String> signature, List<Region> blackout) {
  DeviceRule {
    signature = Map.copyOf(signature);
    blackout = List.copyOf(blackout);
  }

  boolean matches(Dataset dataset) {
    return signature.entrySet().stream().allMatch(want -> has(dataset, want));
  }

  private static boolean has(Dataset dataset, Map.Entry<Integer, String> want) {
    return dataset
        .find(want.getKey())
        .map(
            element ->
                element.vr().isText()
                    ? Values.firstAscii(dataset, want.getKey()).orElse("")
                    : String.valueOf(Values.firstWord(element)))
        .filter(want.getValue()::equals)
        .isPresent();
  }
}
