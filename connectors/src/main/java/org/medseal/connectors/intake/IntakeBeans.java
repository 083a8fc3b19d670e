package org.medseal.connectors.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.medseal.connectors.fhirpoll.FhirHook;
import org.medseal.connectors.fhirpush.FhirAnswer;
import org.medseal.connectors.fhirpush.FhirExamine;
import org.medseal.connectors.fhirpush.FhirPush;
import org.medseal.connectors.folder.DicomFiles;
import org.medseal.connectors.folder.FhirFiles;
import org.medseal.connectors.folder.Hl7Files;
import org.medseal.connectors.httpaccess.HttpAccess;
import org.medseal.connectors.httpaccess.HttpGates;
import org.medseal.connectors.httpaccess.RouteReach;
import org.medseal.connectors.httpbody.BodyRoom;
import org.medseal.connectors.httpbody.GatheringEngine;
import org.medseal.connectors.httpbody.Pace;
import org.medseal.connectors.inbox.FileAttempts;
import org.medseal.connectors.inbox.FileFailed;
import org.medseal.connectors.inbox.FileNoted;
import org.medseal.connectors.inbox.FileRests;
import org.medseal.connectors.inbox.FileTaken;
import org.medseal.connectors.inbox.IntakeFailed;
import org.medseal.connectors.inbox.NamelessErrors;
import org.medseal.connectors.inbox.SettledFiles;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.mllp.MllpAnswer;
import org.medseal.connectors.mllp.MllpCounters;
import org.medseal.connectors.mllp.MllpDecoder;
import org.medseal.connectors.mllp.MllpEncoder;
import org.medseal.connectors.stow.StowAnswer;
import org.medseal.connectors.stow.StowExamine;
import org.medseal.connectors.stow.StowPart;
import org.medseal.connectors.stow.StowParts;

/** Binds the beans that the files under {@code routes/feeds} refer to. */
public final class IntakeBeans {
  private static final long FRAME_TIMEOUT_MS = 30_000;
  private static final long STOW_SILENCE_MS = 30_000;

  private static final Pace FHIR_PACE = new Pace(10_000, 16 << 10);
  private static final Duration FHIR_PATIENCE = Duration.ofSeconds(2);

  /** Of the heap, for bodies of FHIR push; two of the largest fit in any case. */
  private static final int HEAP_PART = 16;

  /**
   * Bounds of the transports.
   *
   * @param mllpMaxFrameBytes largest message over a line
   * @param fhirMaxBytes largest body of a push
   * @param maxFileMessageBytes largest message of a file; that of the store
   * @param fileRests how long files have not grown before they are taken
   * @param lines by feed, where an MLLP line is not as usual
   * @param access by feed, where not everybody may send over HTTP
   */
  public record Settings(
      int mllpMaxFrameBytes,
      int fhirMaxBytes,
      int maxFileMessageBytes,
      FileRests fileRests,
      Map<String, LineSettings> lines,
      Map<String, HttpAccess> access) {
    public Settings {
      lines = Map.copyOf(lines);
      access = Map.copyOf(access);
    }

    public static Settings defaults() {
      return new Settings(
          MllpDecoder.DEFAULT_MAX_FRAME_BYTES,
          FhirPush.DEFAULT_MAX_BYTES,
          MessageLimits.defaults().maxMessageBytes(),
          FileRests.STANDARD,
          Map.of(),
          Map.of());
    }

    public Settings withLines(Map<String, LineSettings> those) {
      return new Settings(
          mllpMaxFrameBytes, fhirMaxBytes, maxFileMessageBytes, fileRests, those, access);
    }

    public Settings withFileRests(FileRests rests) {
      return new Settings(
          mllpMaxFrameBytes, fhirMaxBytes, maxFileMessageBytes, rests, lines, access);
    }

    public Settings withAccess(Map<String, HttpAccess> those) {
      return new Settings(
          mllpMaxFrameBytes, fhirMaxBytes, maxFileMessageBytes, fileRests, lines, those);
    }
  }

  private IntakeBeans() {}

  private static BodyRoom bodyRoom(Settings settings) {
    long bytes =
        Math.max(2L * settings.fhirMaxBytes(), Runtime.getRuntime().maxMemory() / HEAP_PART);
    long common = bytes - settings.fhirMaxBytes(); // the room takes one body besides
    return new BodyRoom((int) Math.min(Integer.MAX_VALUE, common), FHIR_PATIENCE);
  }

  public static void bind(Registry registry, Settings settings, InstantSource clock) {
    MllpCounters counters = new MllpCounters();
    RouteReach reach = new RouteReach();
    registry.bind("routeReach", reach);
    HttpGates gates = new HttpGates(settings.access(), reach);
    registry.bind(AccessFeeds.GATES, gates);
    FhirPush push = new FhirPush(settings.fhirMaxBytes());
    registry.bind("mllpCounters", counters);
    MllpDecoder decoder = new MllpDecoder(settings.mllpMaxFrameBytes(), FRAME_TIMEOUT_MS, counters);
    registry.bind("mllpDecoder", decoder);
    settings.lines().forEach((feed, line) -> line.bind(registry, feed, decoder));
    registry.bind("noTls", new SSLContextParameters());
    registry.bind("mllpEncoder", new MllpEncoder());
    registry.bind("mllpAnswer", new MllpAnswer(clock));
    registry.bind(GatheringEngine.BEAN, new GatheringEngine());
    registry.bind("fhirExamine", new FhirExamine(push, gates, bodyRoom(settings), FHIR_PACE));
    registry.bind("fhirHook", new FhirHook());
    registry.bind("fhirAnswer", new FhirAnswer(push));
    registry.bind("hl7Files", new Hl7Files(settings.maxFileMessageBytes()));
    registry.bind("fhirFiles", new FhirFiles(settings.maxFileMessageBytes()));
    registry.bind("dicomFiles", new DicomFiles());
    registry.bind("stowExamine", new StowExamine(STOW_SILENCE_MS, gates));
    registry.bind("stowParts", new StowParts());
    registry.bind("stowPart", new StowPart());
    registry.bind("stowAnswer", new StowAnswer());
    registry.bind("intakeErrors", new NamelessErrors());
    FileAttempts attempts = new FileAttempts(clock);
    registry.bind("fileNoted", new FileNoted());
    registry.bind("fileTaken", new FileTaken(attempts));
    registry.bind("intakeFailed", new IntakeFailed());
    registry.bind("fileFailed", new FileFailed(clock, attempts));
    registry.bind("settledFiles", new SettledFiles(settings.fileRests(), clock));
  }
}
