package org.medseal.connectors.dicomnet.pdu;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept.ContextResult;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest.ProposedContext;

/** Writes protocol data units. */
public final class PduWriter {
  private PduWriter() {}

  /** IllegalArgumentException for what cannot be written, such as {@link Pdu.Invalid}. */
  public static void write(Pdu pdu, ByteBuf out) {
    if (pdu instanceof AssociateRequest request) {
      associate(PduReader.ASSOCIATE_RQ, out, () -> request(request, out));
    } else if (pdu instanceof AssociateAccept accept) {
      associate(PduReader.ASSOCIATE_AC, out, () -> accept(accept, out));
    } else if (pdu instanceof Pdu.Transfer transfer) {
      transfer(transfer, out);
    } else if (pdu instanceof Pdu.Reject no) {
      brief(out, PduReader.ASSOCIATE_RJ, 0, no.result(), no.source(), no.reason());
    } else if (pdu instanceof Pdu.ReleaseRequest) {
      brief(out, PduReader.RELEASE_RQ, 0, 0, 0, 0);
    } else if (pdu instanceof Pdu.ReleaseReply) {
      brief(out, PduReader.RELEASE_RP, 0, 0, 0, 0);
    } else if (pdu instanceof Pdu.Abort abort) {
      brief(out, PduReader.ABORT, 0, 0, abort.source(), abort.reason());
    } else {
      throw new IllegalArgumentException("cannot be written: " + pdu.getClass().getSimpleName());
    }
  }

  private static void brief(ByteBuf out, int type, int... four) {
    out.writeByte(type).writeByte(0).writeInt(four.length);
    Arrays.stream(four).forEach(out::writeByte);
  }

  private static void transfer(Pdu.Transfer transfer, ByteBuf out) {
    int length = 0;
    for (Pdv value : transfer.values()) {
      length += Pdv.OVERHEAD + value.bytes().length;
    }
    out.writeByte(PduReader.TRANSFER).writeByte(0).writeInt(length);
    for (Pdv value : transfer.values()) {
      out.writeInt(value.bytes().length + 2).writeByte(value.contextId());
      out.writeByte((value.command() ? 1 : 0) | (value.last() ? 2 : 0));
      out.writeBytes(value.bytes());
    }
  }

  private static void associate(int type, ByteBuf out, Runnable body) {
    out.writeByte(type).writeByte(0);
    int lengthAt = out.writerIndex();
    out.writeInt(0);
    body.run();
    out.setInt(lengthAt, out.writerIndex() - lengthAt - Integer.BYTES);
  }

  private static void request(AssociateRequest request, ByteBuf out) {
    head(request.protocolVersion(), request.calledAe(), request.callingAe(), out);
    text(AssociateItems.APPLICATION_CONTEXT, request.applicationContext(), out);
    for (ProposedContext context : request.contexts()) {
      item(
          AssociateItems.PROPOSED_CONTEXT,
          out,
          () -> {
            out.writeByte(context.id()).writeZero(3);
            text(AssociateItems.ABSTRACT_SYNTAX, context.abstractSyntax(), out);
            for (String syntax : context.transferSyntaxes()) {
              text(AssociateItems.TRANSFER_SYNTAX, syntax, out);
            }
          });
    }
    user(request.user(), out);
  }

  private static void accept(AssociateAccept accept, ByteBuf out) {
    head(accept.protocolVersion(), accept.calledAe(), accept.callingAe(), out);
    text(AssociateItems.APPLICATION_CONTEXT, accept.applicationContext(), out);
    for (ContextResult context : accept.contexts()) {
      item(
          AssociateItems.CONTEXT_RESULT,
          out,
          () -> {
            out.writeByte(context.id()).writeByte(0).writeByte(context.result()).writeByte(0);
            text(AssociateItems.TRANSFER_SYNTAX, context.transferSyntax(), out);
          });
    }
    user(accept.user(), out);
  }

  private static void head(int version, String called, String calling, ByteBuf out) {
    out.writeShort(version).writeZero(2);
    title(called, out);
    title(calling, out);
    out.writeZero(AssociateItems.RESERVED_BYTES);
  }

  private static void title(String title, ByteBuf out) {
    byte[] bytes = title.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length > AssociateItems.TITLE_BYTES) {
      throw new IllegalArgumentException("an application entity title has at most 16 characters");
    }
    out.writeBytes(bytes);
    for (int i = bytes.length; i < AssociateItems.TITLE_BYTES; i++) {
      out.writeByte(' ');
    }
  }

  private static void user(UserInformation user, ByteBuf out) {
    item(
        AssociateItems.USER_INFORMATION,
        out,
        () -> {
          item(UserItems.MAX_LENGTH, out, () -> out.writeInt((int) user.maxPduBytes()));
          text(UserItems.IMPLEMENTATION_CLASS, user.implementationClassUid(), out);
          user.window()
              .ifPresent(
                  w ->
                      item(
                          UserItems.WINDOW,
                          out,
                          () -> out.writeShort(w.invoked()).writeShort(w.performed())));
          user.roles().forEach(role -> role(role, out));
          user.implementationVersion()
              .ifPresent(version -> text(UserItems.IMPLEMENTATION_VERSION, version, out));
        });
  }

  private static void role(UserInformation.Role role, ByteBuf out) {
    item(
        UserItems.ROLE,
        out,
        () -> {
          byte[] uid = role.sopClassUid().getBytes(StandardCharsets.ISO_8859_1);
          out.writeShort(uid.length).writeBytes(uid);
          out.writeByte(role.scu() ? 1 : 0).writeByte(role.scp() ? 1 : 0);
        });
  }

  private static void text(int type, String text, ByteBuf out) {
    item(type, out, () -> out.writeCharSequence(text, StandardCharsets.ISO_8859_1));
  }

  private static void item(int type, ByteBuf out, Runnable content) {
    out.writeByte(type).writeByte(0);
    int lengthAt = out.writerIndex();
    out.writeShort(0);
    content.run();
    int length = out.writerIndex() - lengthAt - Short.BYTES;
    if (length > 0xFFFF) {
      throw new IllegalArgumentException("an item of an association is too long: " + length);
    }
    out.setShort(lengthAt, length);
  }
}
