package org.medseal.connectors.intake;

import java.time.InstantSource;
import org.apache.camel.spi.Registry;
import org.medseal.connectors.fhirpush.FhirAnswer;
import org.medseal.connectors.fhirpush.FhirExamine;
import org.medseal.connectors.fhirpush.FhirPush;
import org.medseal.connectors.folder.FhirFiles;
import org.medseal.connectors.folder.Hl7Files;
import org.medseal.connectors.folder.WholeFiles;
import org.medseal.connectors.inbox.FileTaken;
import org.medseal.connectors.inbox.IntakeFailed;
import org.medseal.connectors.inbox.NamelessErrors;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.mllp.MllpAnswer;
import org.medseal.connectors.mllp.MllpCounters;
import org.medseal.connectors.mllp.MllpDecoder;
import org.medseal.connectors.mllp.MllpEncoder;

/** Binds the beans that the files under {@code routes/feeds} refer to. */
public final class IntakeBeans {
  private static final String FHIR_PATH = "/fhir";
  private static final long FRAME_TIMEOUT_MS = 30_000;

  /**
   * Bounds of the transports.
   *
   * @param mllpMaxFrameBytes largest message over a line
   * @param fhirMaxBytes largest body of a push
   * @param maxFileMessageBytes largest message of a file; that of the store
   */
  public record Settings(int mllpMaxFrameBytes, int fhirMaxBytes, int maxFileMessageBytes) {
    public static Settings defaults() {
      return new Settings(
          MllpDecoder.DEFAULT_MAX_FRAME_BYTES,
          FhirPush.DEFAULT_MAX_BYTES,
          MessageLimits.defaults().maxMessageBytes());
    }
  }

  private IntakeBeans() {}

  public static void bind(Registry registry, Settings settings, InstantSource clock) {
    MllpCounters counters = new MllpCounters();
    FhirPush push = new FhirPush(settings.fhirMaxBytes());
    registry.bind("mllpCounters", counters);
    registry.bind(
        "mllpDecoder", new MllpDecoder(settings.mllpMaxFrameBytes(), FRAME_TIMEOUT_MS, counters));
    registry.bind("mllpEncoder", new MllpEncoder());
    registry.bind("mllpAnswer", new MllpAnswer(clock));
    registry.bind("fhirExamine", new FhirExamine(push, FHIR_PATH));
    registry.bind("fhirAnswer", new FhirAnswer(push));
    registry.bind("hl7Files", new Hl7Files(settings.maxFileMessageBytes()));
    registry.bind("fhirFiles", new FhirFiles(settings.maxFileMessageBytes()));
    registry.bind("dicomFiles", new WholeFiles(settings.maxFileMessageBytes()));
    registry.bind("intakeErrors", new NamelessErrors());
    registry.bind("fileTaken", new FileTaken());
    registry.bind("intakeFailed", new IntakeFailed());
  }
}
