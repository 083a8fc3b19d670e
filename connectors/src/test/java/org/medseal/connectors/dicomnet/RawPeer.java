package org.medseal.connectors.dicomnet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest.ProposedContext;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.pdu.PduReader;
import org.medseal.connectors.dicomnet.pdu.PduWriter;
import org.medseal.connectors.dicomnet.pdu.Pdv;
import org.medseal.connectors.dicomnet.pdu.UserInformation;

/** A peer on a plain socket, which may do what no good peer does. */
final class RawPeer implements AutoCloseable {
  static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  static final String IMPLICIT = "1.2.840.10008.1.2";
  static final String EXPLICIT = "1.2.840.10008.1.2.1";
  static final ProposedContext ECHO = new ProposedContext(1, Uids.VERIFICATION, List.of(IMPLICIT));
  static final ProposedContext STORE = new ProposedContext(3, CT, List.of(EXPLICIT));

  final Socket socket;
  private final DataInputStream in;

  RawPeer(TestScp scp) throws IOException {
    socket = new Socket(TestScp.loopback(0).getAddress(), scp.port());
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** With an association for C-ECHO (context 1) and C-STORE of CT (context 3). */
  static RawPeer associated(TestScp scp) throws IOException {
    RawPeer peer = new RawPeer(scp);
    peer.send(request("TESTER", "MEDSEAL", ECHO, STORE));
    if (peer.receive().isEmpty()) {
      throw new IOException("the association was not accepted");
    }
    return peer;
  }

  static AssociateRequest request(String calling, String called, ProposedContext... contexts) {
    return new AssociateRequest(
        1,
        called,
        calling,
        AssociateRequest.DICOM_CONTEXT,
        List.of(contexts),
        new UserInformation(0, "1.2.3", Optional.empty(), Optional.empty(), List.of(), false));
  }

  void send(Pdu pdu) throws IOException {
    send(bytes(pdu));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  static byte[] bytes(Pdu pdu) {
    ByteBuf out = Unpooled.buffer();
    PduWriter.write(pdu, out);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  void value(int context, boolean command, boolean last, byte[] bytes) throws IOException {
    send(new Pdu.Transfer(List.of(new Pdv(context, command, last, bytes))));
  }

  void storeCommand(String instance) throws IOException {
    value(3, true, true, storeRequest(CT, instance).toBytes());
  }

  static CommandSet storeRequest(String sopClass, String instance) {
    return new CommandSet()
        .uid(CommandSet.AFFECTED_SOP_CLASS, sopClass)
        .number(CommandSet.COMMAND_FIELD, CommandSet.C_STORE_RQ)
        .number(CommandSet.MESSAGE_ID, 7)
        .number(CommandSet.PRIORITY, 0)
        .number(CommandSet.DATA_SET_TYPE, 1)
        .uid(CommandSet.AFFECTED_SOP_INSTANCE, instance);
  }

  /** Empty at the end of the connection. */
  Optional<Pdu> receive() throws IOException {
    try {
      int type = in.readUnsignedByte();
      in.readByte();
      byte[] body = in.readNBytes(in.readInt());
      return Optional.of(PduReader.read(type, Unpooled.wrappedBuffer(body)));
    } catch (EOFException | SocketException e) {
      return Optional.empty();
    }
  }

  /** The status of the next answer. */
  int status() throws IOException {
    Pdu.Transfer answer = (Pdu.Transfer) receive().orElseThrow();
    return CommandSet.read(answer.values().get(0).bytes())
        .flatMap(c -> c.number(CommandSet.STATUS))
        .orElseThrow();
  }

  /** Everything until the other side closes; the peer closes on its side when told to. */
  List<Pdu> rest() throws IOException {
    List<Pdu> all = new ArrayList<>();
    for (Optional<Pdu> pdu = receive(); pdu.isPresent(); pdu = receive()) {
      all.add(pdu.get());
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
