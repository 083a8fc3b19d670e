package org.medseal.connectors.dicomnet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicomnet.AssociationException.Reason;
import org.medseal.connectors.dicomnet.pdu.Pdv;

/** Messages over an association (PS3.7): commands in, commands and data sets out. */
final class Dimse {
  private static final int MAX_COMMAND_BYTES = 16 << 10;

  private final Association association;
  private final AssociationTimers timers;

  Dimse(Association association, AssociationTimers timers) {
    this.association = association;
    this.timers = timers;
  }

  /** A command and the context it came in, which is one both sides agreed on. */
  record Received(int contextId, Association.Context context, CommandSet command) {}

  /** Empty where the peer asks for release instead; that is then answered. */
  Optional<Received> nextCommand(Duration within) throws AssociationException {
    Indication first = association.next(within);
    if (first instanceof Indication.ReleaseAsked) {
      association.answerRelease(timers.write());
      return Optional.empty();
    }
    int contextId = commandFragment(first).contextId();
    Association.Context context = association.terms().contexts().get(contextId);
    if (context == null) {
      throw association.abort(Reason.PROTOCOL, "a context nobody agreed on");
    }
    Optional<CommandSet> command = CommandSet.read(command(commandFragment(first)));
    if (command.isEmpty()) {
      throw association.abort(Reason.PROTOCOL, "a command that is none");
    }
    return Optional.of(new Received(contextId, context, command.get()));
  }

  private byte[] command(Pdv first) throws AssociationException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Pdv pdv = first;
    long start = System.nanoTime();
    while (true) {
      if (bytes.size() + pdv.bytes().length > MAX_COMMAND_BYTES) {
        throw association.abort(Reason.PROTOCOL, "a command of more than 16 KiB");
      }
      bytes.writeBytes(pdv.bytes());
      if (pdv.last()) {
        return bytes.toByteArray();
      }
      Duration left = timers.data().minusNanos(System.nanoTime() - start);
      if (left.toMillis() < 1) {
        throw association.abort(Reason.TIMED_OUT, "a command comes too slowly");
      }
      pdv = commandFragment(association.next(left));
      if (pdv.contextId() != first.contextId()) {
        throw association.abort(Reason.PROTOCOL, "fragments of two commands are mixed");
      }
    }
  }

  private Pdv commandFragment(Indication indication) throws AssociationException {
    if (indication instanceof Indication.Value value && value.pdv().command()) {
      return value.pdv();
    }
    throw association.abort(Reason.PROTOCOL, "something else where a command is due");
  }

  DatasetStream dataset(int contextId, long maxBytes) {
    return new DatasetStream(association, contextId, timers.data(), maxBytes);
  }

  void sendCommand(int contextId, CommandSet command) throws IOException {
    send(contextId, true, new ByteArrayInputStream(command.toBytes()));
  }

  /** A deflated one is filled up to even length (PS3.5 annex A.5); DCMTK aborts on odd ones. */
  void sendDataset(int contextId, InputStream dataset) throws IOException {
    String syntax = association.terms().contexts().get(contextId).transferSyntax();
    boolean deflated = syntax.equals(TransferSyntax.DEFLATED.uid());
    send(contextId, false, deflated ? new EvenStream(dataset) : dataset);
  }

  /** One fragment is read ahead, to know the last; an IOException of the stream leaves a torso. */
  private void send(int contextId, boolean command, InputStream in) throws IOException {
    int most = association.maxFragmentBytes();
    byte[] now = in.readNBytes(most);
    byte[] after = now.length < most ? new byte[0] : in.readNBytes(most);
    while (after.length > 0) {
      association.send(new Pdv(contextId, command, false, now), timers.write());
      now = after;
      after = now.length < most ? new byte[0] : in.readNBytes(most);
    }
    association.send(new Pdv(contextId, command, true, now), timers.write());
  }
}
