package org.medseal.connectors.stow;

import java.util.List;
import java.util.Optional;

/**
 * The Store Instances Response Module (PS3.18 annex I) as DICOM JSON (annex F) or as the Native
 * DICOM Model (PS3.19 annex A). It says which instances were stored and which were not, never where
 * they can be had: nothing is given back.
 */
final class StoreResponse {
  /** One attribute of the module. */
  private enum Attribute {
    REFERENCED_SOP_CLASS_UID("00081150", "UI", "ReferencedSOPClassUID"),
    REFERENCED_SOP_INSTANCE_UID("00081155", "UI", "ReferencedSOPInstanceUID"),
    RETRIEVE_URL("00081190", "UR", "RetrieveURL"),
    FAILURE_REASON("00081197", "US", "FailureReason"),
    FAILED_SOP_SEQUENCE("00081198", "SQ", "FailedSOPSequence"),
    REFERENCED_SOP_SEQUENCE("00081199", "SQ", "ReferencedSOPSequence"),
    OTHER_FAILURES_SEQUENCE("0008119A", "SQ", "OtherFailuresSequence");

    private final String tag;
    private final String vr;
    private final String keyword;

    Attribute(String tag, String vr, String keyword) {
      this.tag = tag;
      this.vr = vr;
      this.keyword = keyword;
    }
  }

  /** How one of the two forms writes an attribute and puts several together. */
  private interface Form {
    String value(Attribute attribute, String value);

    String sequence(Attribute attribute, List<String> items);

    String join(List<String> attributes);
  }

  private final List<Instance> stored;
  private final List<Failure> failures;

  StoreResponse(List<Instance> stored, List<Failure> failures) {
    this.stored = stored;
    this.failures = failures;
  }

  String json() {
    return "{" + attributes(new Json()) + "}";
  }

  String xml() {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<NativeDicomModel xmlns=\"http://dicom.nema.org/PS3.19/models/NativeDICOM\""
        + " xml:space=\"preserve\">"
        + attributes(new Xml())
        + "</NativeDicomModel>";
  }

  private String attributes(Form form) {
    List<String> failed =
        failures.stream()
            .flatMap(failure -> failure.instance().map(i -> item(form, i, failure)).stream())
            .toList();
    List<String> other =
        failures.stream()
            .filter(failure -> failure.instance().isEmpty())
            .map(failure -> reason(form, failure))
            .toList();
    List<String> referenced =
        stored.stream()
            .map(
                instance ->
                    form.join(
                        List.of(uids(form, instance), form.value(Attribute.RETRIEVE_URL, ""))))
            .toList();
    return form.join(
        List.of(
                form.value(Attribute.RETRIEVE_URL, ""),
                sequence(form, Attribute.FAILED_SOP_SEQUENCE, failed),
                sequence(form, Attribute.REFERENCED_SOP_SEQUENCE, referenced),
                sequence(form, Attribute.OTHER_FAILURES_SEQUENCE, other))
            .stream()
            .filter(attribute -> !attribute.isEmpty())
            .toList());
  }

  private static String sequence(Form form, Attribute attribute, List<String> items) {
    return items.isEmpty() ? "" : form.sequence(attribute, items);
  }

  private static String item(Form form, Instance instance, Failure failure) {
    return form.join(List.of(uids(form, instance), reason(form, failure)));
  }

  private static String uids(Form form, Instance instance) {
    return form.join(
        List.of(
            form.value(Attribute.REFERENCED_SOP_CLASS_UID, instance.sopClass()),
            form.value(Attribute.REFERENCED_SOP_INSTANCE_UID, instance.sopInstance())));
  }

  private static String reason(Form form, Failure failure) {
    return form.value(Attribute.FAILURE_REASON, String.valueOf(failure.reason().code()));
  }

  /** Values are digits and dots only, so nothing needs an escape. */
  private static final class Json implements Form {
    @Override
    public String value(Attribute attribute, String value) {
      String quoted = attribute.vr.equals("US") ? value : "\"" + value + "\"";
      return head(attribute) + (value.isEmpty() ? "}" : ",\"Value\":[" + quoted + "]}");
    }

    @Override
    public String sequence(Attribute attribute, List<String> items) {
      return head(attribute) + ",\"Value\":[{" + String.join("},{", items) + "}]}";
    }

    @Override
    public String join(List<String> attributes) {
      return String.join(",", attributes);
    }

    private static String head(Attribute attribute) {
      return "\"" + attribute.tag + "\":{\"vr\":\"" + attribute.vr + "\"";
    }
  }

  private static final class Xml implements Form {
    @Override
    public String value(Attribute attribute, String value) {
      Optional<String> filled = Optional.of(value).filter(v -> !v.isEmpty());
      return head(attribute)
          + filled.map(v -> "<Value number=\"1\">" + v + "</Value>").orElse("")
          + "</DicomAttribute>";
    }

    @Override
    public String sequence(Attribute attribute, List<String> items) {
      StringBuilder out = new StringBuilder(head(attribute));
      int number = 1;
      for (String item : items) {
        out.append("<Item number=\"").append(number++).append("\">").append(item).append("</Item>");
      }
      return out.append("</DicomAttribute>").toString();
    }

    @Override
    public String join(List<String> attributes) {
      return String.join("", attributes);
    }

    private static String head(Attribute attribute) {
      return "<DicomAttribute tag=\""
          + attribute.tag
          + "\" vr=\""
          + attribute.vr
          + "\" keyword=\""
          + attribute.keyword
          + "\">";
    }
  }
}
