package org.medseal.connectors.deidentify.dicom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.medseal.connectors.deidentify.rules.DeidConfigException;
import org.medseal.connectors.dicom.Tag;

/** Reads {@code settings.burnedIn} of dicom.yaml. */
record BurnedInSettings(Map<?, ?> given, BiFunction<String, String, DeidConfigException> error) {
  private static final String SECTION = "burnedIn.";
  private static final String DEVICES = SECTION + "devices";
  private static final String BLACKOUT = "blackout";
  private static final Set<String> KEYS =
      Set.of(
          "documents",
          "sopClasses",
          "transferSyntaxes",
          "modalities",
          "slideModalities",
          "imageTypes",
          "devices");

  /** Without both a rule would speak for devices nobody has looked at. */
  private static final Set<Integer> OF_EVERY_DEVICE =
      Set.of(Tag.MANUFACTURER, Tag.MANUFACTURER_MODEL_NAME);

  BurnedIn read() {
    for (Object key : given.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw error.apply(SECTION + key, "is not known");
      }
    }
    return new BurnedIn(
        texts("documents"),
        texts("sopClasses"),
        texts("transferSyntaxes"),
        Set.copyOf(texts("modalities")),
        Set.copyOf(texts("slideModalities")),
        texts("imageTypes"),
        devices());
  }

  private List<String> texts(String key) {
    return texts(SECTION + key, given.get(key));
  }

  private List<String> texts(String key, Object value) {
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw error.apply(key, "must be a list of texts");
  }

  private List<DeviceRule> devices() {
    if (!(given.get("devices") instanceof List<?> list)) {
      throw error.apply(DEVICES, "must be a list");
    }
    return list.stream().map(this::device).toList();
  }

  private DeviceRule device(Object entry) {
    if (!(entry instanceof Map<?, ?> map) || !map.containsKey(BLACKOUT)) {
      throw error.apply(DEVICES, "needs attributes and blackout, [] where nothing is drawn");
    }
    Map<Integer, String> signature = new HashMap<>();
    map.forEach(
        (key, value) -> {
          if (!key.equals(BLACKOUT)) {
            signature.put(attribute(String.valueOf(key)), String.valueOf(value));
          }
        });
    if (!signature.keySet().containsAll(OF_EVERY_DEVICE)) {
      throw error.apply(DEVICES, "needs Manufacturer and ManufacturerModelName");
    }
    return new DeviceRule(signature, regions(map.get(BLACKOUT)));
  }

  private int attribute(String keyword) {
    return RulePath.exactTag(keyword)
        .orElseThrow(() -> error.apply(DEVICES, "names an unknown attribute: " + keyword));
  }

  private List<Region> regions(Object value) {
    List<Region> regions = new ArrayList<>();
    for (String text : texts(DEVICES + "." + BLACKOUT, value)) {
      regions.add(
          Region.parse(text)
              .orElseThrow(() -> error.apply(DEVICES, "blackout is x,y,width,height")));
    }
    return regions;
  }
}
