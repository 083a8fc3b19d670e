package org.medseal.connectors.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What we read of every case file is what DCMTK's dcmdump reads: tag, VR, length and value. */
class DcmdumpAgreesTest {
  private static final Path PAGE = Path.of("docs/dicom.md");

  /** Last in a place: (gggg,0010) to (gggg,00FF) of an odd group (PS3.5 section 7.8.1). */
  private static final Pattern CREATOR =
      Pattern.compile("\\([0-9A-F]{3}[13579BDF],00[1-9A-F][0-9A-F]\\)$");

  /** Why the two may differ. */
  private enum Why {
    PRIVATE_CREATOR("LO", "UN", "a private creator without a VR: bytes to us, as all private ones"),
    CORRECTED("OB", "OW", "the file says OW; dcmdump corrects what it prints"),
    ODD(
        "one byte more",
        "odd",
        "the file has an odd length; it is kept, and filled up when written"),
    LAST_DIGIT("a neighbour", "the double", "dcmdump prints the 17th digit of a double otherwise");

    private final String theirs;
    private final String ours;
    private final String reason;

    Why(String theirs, String ours, String reason) {
      this.theirs = theirs;
      this.ours = ours;
      this.reason = reason;
    }
  }

  /** Places of one file that differ for one reason. */
  private record Group(String file, Why why) {}

  @Test
  void everyElementOfEveryCaseFileIsReadAsDcmdumpReadsItButForThoseOnThePage() throws Exception {
    Path dcmdump = Programs.require("dcmdump", "dcmtk");
    Map<Group, List<String>> differences = new LinkedHashMap<>();
    int elements = 0;
    int files = 0;
    for (Path file : CaseFiles.all()) {
      Optional<Map<String, Listing.Row>> theirs = dumped(dcmdump, file);
      Optional<Map<String, Listing.Row>> ours = read(file);
      String name = CaseFiles.folder().relativize(file).toString();
      assertThat(ours.isPresent()).as(name).isEqualTo(theirs.isPresent());
      if (ours.isEmpty()) {
        continue; // both refuse it
      }
      files++;
      elements += ours.get().size();
      for (String place : places(ours.get(), theirs.get())) {
        compare(name + " " + place, ours.get().get(place), theirs.get().get(place))
            .map(why -> new Group(name, why))
            .ifPresent(
                group -> differences.computeIfAbsent(group, key -> new ArrayList<>()).add(place));
      }
    }
    requireOnPage(String.format(Locale.ROOT, "%,d elements of %d files", elements, files));
    requireOnPage(rows(differences));
  }

  private static void requireOnPage(String text) throws IOException {
    assertThat(Files.readString(PAGE).contains(text)).as("%s says: %s", PAGE, text).isTrue();
  }

  private static String rows(Map<Group, List<String>> differences) {
    StringJoiner rows = new StringJoiner("\n");
    differences.forEach(
        (group, places) ->
            rows.add(
                "| `%s` | %s | %s | %s | %s |"
                    .formatted(
                        group.file(),
                        String.join(" ", places),
                        group.why().theirs,
                        group.why().ours,
                        group.why().reason)));
    return rows.toString();
  }

  private static Set<String> places(Map<String, Listing.Row> one, Map<String, Listing.Row> other) {
    Set<String> all = new LinkedHashSet<>(one.keySet());
    all.addAll(other.keySet());
    return all;
  }

  private static Optional<Map<String, Listing.Row>> dumped(Path dcmdump, Path file)
      throws IOException, InterruptedException {
    Programs.Ended ended =
        Programs.run(
            List.of(dcmdump.toString(), "-q", "+L", "-Un", file.toString()),
            StandardCharsets.ISO_8859_1);
    return ended.code() == 0 ? Optional.of(DcmdumpListing.of(ended.output())) : Optional.empty();
  }

  private static Optional<Map<String, Listing.Row>> read(Path file) throws IOException {
    try {
      return Optional.of(Listing.of(Part10.read(Files.readAllBytes(file))));
    } catch (DicomException e) {
      return Optional.empty();
    }
  }

  /** Fails where nothing explains a difference. */
  private static Optional<Why> compare(String place, Listing.Row ours, Listing.Row theirs) {
    assertThat(ours).as("only dcmdump has %s", place).isNotNull();
    assertThat(theirs).as("dcmdump has no %s", place).isNotNull();
    for (Why why : Why.values()) {
      if (explains(why, place, ours, theirs)) {
        return Optional.of(why);
      }
    }
    assertThat(ours.vr()).as("VR of %s", place).isEqualTo(theirs.vr());
    assertThat(ours.lengthBytes()).as("length of %s", place).isEqualTo(theirs.lengthBytes());
    assertThat(ours.value()).as("value of %s", place).isEqualTo(theirs.value());
    return Optional.empty();
  }

  private static boolean explains(Why why, String place, Listing.Row ours, Listing.Row theirs) {
    boolean sameBytes = ours.as(theirs.vr()).equals(theirs.value());
    boolean sameLength = ours.lengthBytes() == theirs.lengthBytes();
    return switch (why) {
      case PRIVATE_CREATOR ->
          CREATOR.matcher(place).find() && otherVr(why, ours, theirs) && sameLength && sameBytes;
      case CORRECTED ->
          place.endsWith("(7FE0,0010)")
              && otherVr(why, ours, theirs)
              && ours.lengthBytes() == Listing.NONE
              && sameLength
              && sameBytes;
      case ODD ->
          ours.vr().equals(theirs.vr())
              && (ours.lengthBytes() & 1) == 1
              && theirs.lengthBytes() == ours.lengthBytes() + 1
              && theirs.value().equals(ours.value() + "\\00");
      case LAST_DIGIT ->
          ours.vr().equals("FD")
              && theirs.vr().equals("FD")
              && !sameBytes
              && sameLength
              && areNeighbours(ours.value(), theirs.value());
    };
  }

  private static boolean otherVr(Why why, Listing.Row ours, Listing.Row theirs) {
    return ours.vr().equals(why.ours) && theirs.vr().equals(why.theirs);
  }

  private static boolean areNeighbours(String one, String other) {
    return one.indexOf('\\') < 0
        && other.indexOf('\\') < 0
        && Math.abs(Double.parseDouble(one) - Double.parseDouble(other))
            <= Math.ulp(Double.parseDouble(one));
  }
}
