package org.medseal.connectors.dicomnet.pdu;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept.ContextResult;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest.ProposedContext;
import org.medseal.connectors.dicomnet.pdu.PduException.Reason;

/** The bodies of A-ASSOCIATE-RQ and -AC (PS3.8 sections 9.3.2 and 9.3.3). */
final class AssociateItems {
  static final int APPLICATION_CONTEXT = 0x10;
  static final int PROPOSED_CONTEXT = 0x20;
  static final int CONTEXT_RESULT = 0x21;
  static final int ABSTRACT_SYNTAX = 0x30;
  static final int TRANSFER_SYNTAX = 0x40;
  static final int USER_INFORMATION = 0x50;

  static final int TITLE_BYTES = 16;
  static final int RESERVED_BYTES = 32;
  private static final int MAX_UID_BYTES = 64;

  private AssociateItems() {}

  /** What both bodies begin with. */
  private record Head(int version, String called, String calling) {
    static Head read(ByteBuf body) {
      int version = body.readUnsignedShort();
      body.skipBytes(2);
      Head head = new Head(version, text(body, TITLE_BYTES), text(body, TITLE_BYTES));
      body.skipBytes(RESERVED_BYTES);
      return head;
    }
  }

  /** What both bodies go on with; the contexts of a request say other things than their results. */
  private record Items<C>(String application, List<C> contexts, UserItems user) {
    static <C> Items<C> read(
        ByteBuf body, int contextType, BiFunction<ByteBuf, BitSet, C> context) {
      String application = "";
      List<C> contexts = new ArrayList<>();
      BitSet ids = new BitSet();
      UserItems user = new UserItems();
      while (body.isReadable()) {
        int type = itemType(body);
        ByteBuf item = item(body);
        if (type == contextType) {
          contexts.add(context.apply(item, ids));
        } else if (type == APPLICATION_CONTEXT) {
          application = uid(item, item.readableBytes());
        } else if (type == USER_INFORMATION) {
          user.read(item);
        } // PS3.8 section 9.3.1: unknown items are ignored
      }
      return new Items<>(application, contexts, user);
    }
  }

  static AssociateRequest request(ByteBuf body) {
    Head head = Head.read(body);
    Items<ProposedContext> items = Items.read(body, PROPOSED_CONTEXT, AssociateItems::proposed);
    return new AssociateRequest(
        head.version,
        head.called,
        head.calling,
        items.application,
        items.contexts,
        items.user.information());
  }

  static AssociateAccept accept(ByteBuf body) {
    Head head = Head.read(body);
    Items<ContextResult> items = Items.read(body, CONTEXT_RESULT, AssociateItems::result);
    return new AssociateAccept(
        head.version,
        head.called,
        head.calling,
        items.application,
        items.contexts,
        items.user.information());
  }

  private static ProposedContext proposed(ByteBuf item, BitSet ids) {
    int id = newId(item, ids);
    item.skipBytes(3);
    String abstractSyntax = "";
    List<String> transferSyntaxes = new ArrayList<>();
    while (item.isReadable()) {
      int type = itemType(item);
      ByteBuf inner = item(item);
      switch (type) {
        case ABSTRACT_SYNTAX -> abstractSyntax = uid(inner, inner.readableBytes());
        case TRANSFER_SYNTAX -> transferSyntaxes.add(uid(inner, inner.readableBytes()));
        default -> {} // ignored, as unknown items are
      }
    }
    if (abstractSyntax.isEmpty() || transferSyntaxes.isEmpty()) {
      throw new PduException(Reason.BAD_VALUE, "a presentation context offers nothing");
    }
    return new ProposedContext(id, abstractSyntax, transferSyntaxes);
  }

  /** Where a context is refused its transfer syntax is not to be tested, and may be missing. */
  private static ContextResult result(ByteBuf item, BitSet ids) {
    int id = newId(item, ids);
    item.skipBytes(1);
    int result = item.readUnsignedByte();
    item.skipBytes(1);
    String syntax = "";
    while (item.isReadable()) {
      int type = itemType(item);
      ByteBuf inner = item(item);
      if (type == TRANSFER_SYNTAX && result == ContextResult.ACCEPTED) {
        syntax = uid(inner, inner.readableBytes());
      }
    }
    return new ContextResult(id, result, syntax);
  }

  private static int newId(ByteBuf item, BitSet ids) {
    int id = PduReader.contextId(item.readUnsignedByte());
    if (ids.get(id)) {
      throw new PduException(Reason.BAD_VALUE, "a presentation context id comes twice");
    }
    ids.set(id);
    return id;
  }

  static int itemType(ByteBuf in) {
    int type = in.readUnsignedByte();
    in.skipBytes(1);
    return type;
  }

  /** IndexOutOfBoundsException where it would go beyond what it lies in. */
  static ByteBuf item(ByteBuf in) {
    return in.readSlice(in.readUnsignedShort());
  }

  /** PS3.8 annex F: UIDs are not padded; senders that do so with a NUL or a space are forgiven. */
  static String uid(ByteBuf in, int length) {
    if (length > MAX_UID_BYTES + 2) {
      throw new PduException(Reason.BAD_VALUE, "a UID has " + length + " bytes");
    }
    return text(in, length);
  }

  static String text(ByteBuf in, int length) {
    String text = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) <= ' ') {
      end--;
    }
    int begin = 0;
    while (begin < end && text.charAt(begin) == ' ') {
      begin++;
    }
    return text.substring(begin, end);
  }
}
