package org.medseal.bench.fuzz;

import java.util.List;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.fhirpush.Examined;
import org.medseal.connectors.fhirpush.FhirPush;
import org.medseal.connectors.fhirpush.FhirRequest;
import org.medseal.connectors.fhirpush.FhirResponse;
import org.medseal.connectors.message.Receipt;

/** Bodies pushed by REST: examined, answered, and de-identified whatever the answer was. */
final class FhirTarget implements FuzzTarget {
  private final List<byte[]> seeds;
  private final Mutation mutation;
  private final String contentType;
  private final DeidReader reader;
  private final FhirPush push = new FhirPush(FhirPush.DEFAULT_MAX_BYTES);

  private FhirTarget(
      List<byte[]> seeds, Mutation mutation, String contentType, Deidentifier deidentifier) {
    this.seeds = List.copyOf(seeds);
    this.mutation = mutation;
    this.contentType = contentType;
    this.reader = new DeidReader(deidentifier);
  }

  static FhirTarget json(List<byte[]> seeds, Deidentifier deidentifier) {
    return new FhirTarget(seeds, JsonChanges::mutate, "application/fhir+json", deidentifier);
  }

  static FhirTarget xml(List<byte[]> seeds, Deidentifier deidentifier) {
    return new FhirTarget(seeds, TextChanges::xml, "application/fhir+xml", deidentifier);
  }

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  @Override
  public Mutation mutation() {
    return mutation;
  }

  @Override
  public int take(byte[] input, Kinds kinds) {
    Examined examined = push.examine(new FhirRequest("POST", "/", contentType, "", input));
    FhirResponse response =
        examined instanceof Examined.ToStore stored
            ? push.stored(stored, new Receipt("0", Receipt.Status.NEW))
            : ((Examined.Answered) examined).response();
    boolean unread = examined instanceof Examined.ToStore stored && stored.defect().isPresent();
    Finding.unless(
        response.status() >= 200 && response.status() < 500, "answered as a fault of ours");
    Finding.unless(!unread || response.status() == 400, "what cannot be read was accepted");
    kinds.count("answered " + response.status());
    reader.take(input, kinds);
    return 1;
  }
}
