package org.medseal.home;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medseal.connectors.dicomnet.AePolicy;

/**
 * Where DICOM is listened for, and who may do what; lists with commas.
 *
 * @param aeTitle titles answered to; {@code *} for any
 * @param callingAeTitles titles that may open an association; {@code *} for any
 * @param storingAeTitles those of them that may store; {@code *} for any, {@code none}
 * @param moreSopClasses UIDs taken besides the standard's storage classes; {@code none}
 * @param refuseUserIdentity whether who brings a user identity is rejected
 */
public record DicomSettings(
    Endpoint endpoint,
    String aeTitle,
    String callingAeTitles,
    String storingAeTitles,
    String moreSopClasses,
    boolean refuseUserIdentity) {

  static DicomSettings of(SettingsSource source, Endpoint endpoint) {
    return new DicomSettings(
        endpoint,
        source.parsed("medseal.dicom.aeTitle", DicomSettings::titles),
        source.parsed("medseal.dicom.callingAeTitles", DicomSettings::titles),
        source.parsed("medseal.dicom.storingAeTitles", DicomSettings::storing),
        source.parsed("medseal.dicom.moreSopClasses", DicomSettings::classes),
        source.find("medseal.dicom.refuseUserIdentity").isPresent()
            && source.parsed("medseal.dicom.refuseUserIdentity", Settings::yesOrNo));
  }

  private static String titles(String text) {
    Set<String> titles = text.equals("*") ? Set.of() : listed(text);
    new AePolicy(titles, Set.of(), Optional.empty(), Set.of());
    return text;
  }

  private static String storing(String text) {
    return text.equals("none") ? text : titles(text);
  }

  private static String classes(String text) {
    new AePolicy(
        Set.of(), Set.of(), Optional.empty(), text.equals("none") ? Set.of() : listed(text));
    return text;
  }

  /** An empty list would let everybody in, so it has to be said by its sign. */
  private static Set<String> listed(String text) {
    Set<String> each =
        Stream.of(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    if (each.contains("") || each.contains("*") || each.contains("none")) {
      throw new IllegalArgumentException("not a list with commas");
    }
    return each;
  }

  /** What routes are filled in with. */
  public Map<String, String> properties() {
    return Map.of(
        "dicom.host", endpoint.host(),
        "dicom.port", String.valueOf(endpoint.port()),
        "dicom.aeTitle", aeTitle,
        "dicom.callingAeTitles", callingAeTitles,
        "dicom.storingAeTitles", storingAeTitles,
        "dicom.moreSopClasses", moreSopClasses,
        "dicom.refuseUserIdentity", String.valueOf(refuseUserIdentity));
  }
}
