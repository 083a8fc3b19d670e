package org.medseal.connectors.dicomnet.pdu;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.medseal.connectors.dicomnet.pdu.PduException.Reason;

/** Reads one protocol data unit whose bytes have all arrived. PduException for anything else. */
public final class PduReader {
  static final int HEAD_BYTES = 6;
  static final int ASSOCIATE_RQ = 1;
  static final int ASSOCIATE_AC = 2;
  static final int ASSOCIATE_RJ = 3;
  static final int TRANSFER = 4;
  static final int RELEASE_RQ = 5;
  static final int RELEASE_RP = 6;
  static final int ABORT = 7;

  /** 128 contexts of 30 transfer syntaxes each, three times over. */
  static final int MAX_ASSOCIATE_BYTES = 1 << 19;

  private static final int SHORT_BYTES = 4;

  private PduReader() {}

  /** Refuses a length before a byte of the body is waited for. */
  static void requireLength(int type, long length, long maxTransferBytes) {
    long most =
        switch (type) {
          case ASSOCIATE_RQ, ASSOCIATE_AC -> MAX_ASSOCIATE_BYTES;
          case TRANSFER -> maxTransferBytes;
          case ASSOCIATE_RJ, RELEASE_RQ, RELEASE_RP, ABORT -> SHORT_BYTES;
          default ->
              throw new PduException(Reason.UNRECOGNIZED_TYPE, "there is no PDU of type " + type);
        };
    if (length > most) {
      throw new PduException(Reason.TOO_LONG, "a PDU of type " + type + " declares " + length);
    }
  }

  /** {@code body} is what follows the six bytes of the head, to its end. */
  public static Pdu read(int type, ByteBuf body) {
    try {
      Pdu pdu = readBody(type, body);
      if (body.isReadable()) {
        throw new PduException(Reason.BAD_LENGTH, "a PDU is longer than what is in it");
      }
      return pdu;
    } catch (IndexOutOfBoundsException e) {
      throw new PduException(Reason.BAD_LENGTH, "a PDU ends inside one of its fields");
    }
  }

  private static Pdu readBody(int type, ByteBuf body) {
    return switch (type) {
      case ASSOCIATE_RQ -> AssociateItems.request(body);
      case ASSOCIATE_AC -> AssociateItems.accept(body);
      case ASSOCIATE_RJ -> {
        body.skipBytes(1);
        yield new Pdu.Reject(body.readUnsignedByte(), body.readUnsignedByte(), body.readByte());
      }
      case TRANSFER -> transfer(body);
      case RELEASE_RQ -> {
        body.skipBytes(SHORT_BYTES);
        yield new Pdu.ReleaseRequest();
      }
      case RELEASE_RP -> {
        body.skipBytes(SHORT_BYTES);
        yield new Pdu.ReleaseReply();
      }
      case ABORT -> {
        body.skipBytes(2);
        yield new Pdu.Abort(body.readUnsignedByte(), body.readUnsignedByte());
      }
      default ->
          throw new PduException(Reason.UNRECOGNIZED_TYPE, "there is no PDU of type " + type);
    };
  }

  /** The lengths are within the body, whose bytes are all here, so they may be allocated. */
  private static Pdu.Transfer transfer(ByteBuf body) {
    List<Pdv> values = new ArrayList<>();
    while (body.isReadable()) {
      long length = body.readUnsignedInt();
      if (length < 2 || length > body.readableBytes()) {
        throw new PduException(Reason.BAD_LENGTH, "a data value does not fit its PDU");
      }
      int context = contextId(body.readUnsignedByte());
      int control = body.readUnsignedByte();
      byte[] bytes = new byte[(int) length - 2];
      body.readBytes(bytes);
      values.add(new Pdv(context, (control & 1) != 0, (control & 2) != 0, bytes));
    }
    if (values.isEmpty()) {
      throw new PduException(Reason.BAD_LENGTH, "a P-DATA-TF without a value");
    }
    return new Pdu.Transfer(values);
  }

  static int contextId(int id) {
    if ((id & 1) == 0) {
      throw new PduException(Reason.BAD_VALUE, "a presentation context id is even");
    }
    return id;
  }
}
