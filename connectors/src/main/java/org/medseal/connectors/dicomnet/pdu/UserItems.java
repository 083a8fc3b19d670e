package org.medseal.connectors.dicomnet.pdu;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.dicomnet.pdu.PduException.Reason;

/** Collects the sub-items of a user information item (PS3.7 annex D.3.3). */
final class UserItems {
  static final int MAX_LENGTH = 0x51;
  static final int IMPLEMENTATION_CLASS = 0x52;
  static final int WINDOW = 0x53;
  static final int ROLE = 0x54;
  static final int IMPLEMENTATION_VERSION = 0x55;
  static final int USER_IDENTITY = 0x58;

  private static final int MAX_VERSION_BYTES = 16;

  private long maxPduBytes;
  private String classUid = "";
  private Optional<String> version = Optional.empty();
  private Optional<UserInformation.Window> window = Optional.empty();
  private final List<UserInformation.Role> roles = new ArrayList<>();
  private boolean userIdentity;

  void read(ByteBuf item) {
    while (item.isReadable()) {
      int type = AssociateItems.itemType(item);
      ByteBuf inner = AssociateItems.item(item);
      switch (type) {
        case MAX_LENGTH -> maxPduBytes = inner.readUnsignedInt();
        case IMPLEMENTATION_CLASS -> classUid = AssociateItems.uid(inner, inner.readableBytes());
        case WINDOW ->
            window =
                Optional.of(
                    new UserInformation.Window(
                        inner.readUnsignedShort(), inner.readUnsignedShort()));
        case ROLE -> roles.add(role(inner));
        case IMPLEMENTATION_VERSION -> version = Optional.of(version(inner));
        case USER_IDENTITY -> identity(inner);
        default -> {} // extended negotiations, and what is not known
      }
    }
  }

  private static UserInformation.Role role(ByteBuf in) {
    String uid = AssociateItems.uid(in, in.readUnsignedShort());
    return new UserInformation.Role(uid, in.readByte() == 1, in.readByte() == 1);
  }

  private static String version(ByteBuf in) {
    int length = in.readableBytes();
    if (length > MAX_VERSION_BYTES * 2) {
      throw new PduException(Reason.BAD_VALUE, "an implementation version has " + length);
    }
    return AssociateItems.text(in, length);
  }

  /** Its form is read, its content is not. */
  private void identity(ByteBuf in) {
    in.skipBytes(2);
    in.skipBytes(in.readUnsignedShort());
    in.skipBytes(in.readUnsignedShort());
    userIdentity = true;
  }

  UserInformation information() {
    return new UserInformation(maxPduBytes, classUid, version, window, roles, userIdentity);
  }
}
