package org.medseal.connectors.dicomnet.pdu;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a connection's bytes into {@link Pdu}s. A declared length is compared with the cap before a
 * byte of the body is waited for, and the buffer grows by what arrives only. After one that is
 * {@link Pdu.Invalid} everything is thrown away.
 */
public final class PduDecoder extends ByteToMessageDecoder {
  private final long maxTransferBytes;
  private boolean lost;

  /** {@code maxTransferBytes} of a P-DATA-TF after its head. */
  public PduDecoder(long maxTransferBytes) {
    this.maxTransferBytes = maxTransferBytes;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (lost) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < PduReader.HEAD_BYTES) {
      return;
    }
    try {
      decodeNext(in, out);
    } catch (PduException e) {
      lost = true;
      in.skipBytes(in.readableBytes());
      out.add(new Pdu.Invalid(e.reason()));
    }
  }

  private void decodeNext(ByteBuf in, List<Object> out) {
    int at = in.readerIndex();
    int type = in.getUnsignedByte(at);
    long length = in.getUnsignedInt(at + 2);
    PduReader.requireLength(type, length, maxTransferBytes);
    if (in.readableBytes() >= PduReader.HEAD_BYTES + length) {
      in.skipBytes(PduReader.HEAD_BYTES);
      out.add(PduReader.read(type, in.readSlice((int) length)));
    }
  }
}
