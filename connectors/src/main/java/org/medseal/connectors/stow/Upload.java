package org.medseal.connectors.stow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.message.BackPressureException;
import org.medseal.connectors.message.MessageException;
import org.medseal.connectors.message.Spool;
import org.medseal.connectors.message.SpoolStream;
import org.medseal.connectors.stow.Failure.Reason;

/**
 * One request on its way in. Gives each instance once it is spooled; whoever takes it must say
 * {@link #stored} or {@link #notStored} before asking for the next. What cannot be an instance of
 * this request becomes a failure and is not given out. For one thread.
 */
final class Upload implements AutoCloseable {
  private final MultipartReader parts;
  private final Optional<String> study;
  private final Spool spool;
  private final List<Instance> stored = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private Optional<StowException.Reason> broken = Optional.empty();
  private Optional<Spooled> given = Optional.empty();

  private record Spooled(SpoolStream stream, Content content, Optional<Instance> instance) {}

  /** {@code study} is that of the address, if it names one. */
  Upload(InputStream body, String boundary, Optional<String> study, Spool spool) {
    this.parts = new MultipartReader(body, boundary);
    this.study = study;
    this.spool = spool;
  }

  /** Empty after the last, and where the request cannot be read on. */
  Optional<Content> next() {
    forgetGiven();
    try {
      while (given.isEmpty() && broken.isEmpty()) {
        Optional<MultipartReader.Part> part = parts.next();
        if (part.isEmpty()) {
          return Optional.empty();
        }
        given = spooled(part.get());
      }
    } catch (StowException e) {
      broken = Optional.of(e.reason());
    } catch (IOException e) {
      broken = Optional.of(StowException.Reason.GONE);
    }
    return given.map(Spooled::content);
  }

  private Optional<Spooled> spooled(MultipartReader.Part part) throws IOException {
    if (!isDicom(part.headers().getOrDefault("content-type", ""))) {
      return failed(Optional.empty(), Reason.OTHER_MEDIA_TYPE);
    }
    SpoolStream stream;
    try {
      stream = spool.create();
    } catch (BackPressureException e) {
      return failed(Optional.empty(), Reason.OUT_OF_RESOURCES);
    } catch (MessageException | UncheckedIOException e) {
      return failed(Optional.empty(), Reason.NOT_STORED);
    }
    Optional<Spooled> result = Optional.empty();
    try {
      result = spooled(part.body(), stream);
      return result;
    } finally {
      if (result.isEmpty()) {
        stream.close();
      }
    }
  }

  private Optional<Spooled> spooled(InputStream body, SpoolStream stream) throws IOException {
    Content content;
    try (OutputStream guarded = new DiskGuard(stream)) {
      body.transferTo(guarded);
      content = stream.finish();
    } catch (BackPressureException e) {
      return failed(Optional.empty(), Reason.OUT_OF_RESOURCES);
    } catch (MessageException e) {
      boolean large = e.reason() == MessageException.Reason.TOO_LARGE;
      return failed(Optional.empty(), large ? Reason.TOO_LARGE : Reason.NOT_STORED);
    } catch (DiskGuard.DiskException e) {
      return failed(Optional.empty(), Reason.NOT_STORED);
    }
    if (content.sizeBytes() == 0) {
      return failed(Optional.empty(), Reason.NOT_UNDERSTOOD);
    }
    Optional<Instance> instance = Instance.of(content);
    boolean other =
        study.isPresent() && instance.isPresent() && !instance.get().study().equals(study.get());
    return other
        ? failed(instance, Reason.OTHER_STUDY)
        : Optional.of(new Spooled(stream, content, instance));
  }

  private Optional<Spooled> failed(Optional<Instance> instance, Reason reason) {
    failures.add(new Failure(instance, reason));
    return Optional.empty();
  }

  /** A part without a type is what the request as a whole says. */
  private static boolean isDicom(String declared) {
    return declared.isEmpty()
        || MediaType.parse(declared).filter(t -> t.name().equals("application/dicom")).isPresent();
  }

  /** The instance given out last. */
  Content content() {
    return given().content();
  }

  /** The instance given out last is on disk in the inbox. */
  void stored() {
    given()
        .instance()
        .ifPresentOrElse(
            stored::add, () -> failures.add(new Failure(Optional.empty(), Reason.NOT_UNDERSTOOD)));
  }

  /** It is not. */
  void notStored(Throwable cause) {
    Reason reason = Reason.NOT_STORED;
    if (cause instanceof BackPressureException) {
      reason = Reason.OUT_OF_RESOURCES;
    } else if (cause instanceof MessageException e
        && e.reason() == MessageException.Reason.TOO_LARGE) {
      reason = Reason.TOO_LARGE;
    }
    failures.add(new Failure(given().instance(), reason));
  }

  private Spooled given() {
    return given.orElseThrow(() -> new IllegalStateException("no instance was given out"));
  }

  /** What the inbox has not taken is deleted. */
  private void forgetGiven() {
    given.ifPresent(spooled -> closeQuietly(spooled.stream()));
    given = Optional.empty();
  }

  private static void closeQuietly(SpoolStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // What cannot be deleted now goes at the next start.
    }
  }

  List<Instance> storedInstances() {
    return stored;
  }

  List<Failure> failures() {
    return failures;
  }

  /** Why the rest of the request was not read; empty if all of it was. */
  Optional<StowException.Reason> broken() {
    return broken;
  }

  @Override
  public void close() {
    forgetGiven();
  }
}
