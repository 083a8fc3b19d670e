package org.medseal.connectors.dicomnet.pdu;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Writes {@link Pdu}s to a connection. */
public final class PduEncoder extends MessageToByteEncoder<Pdu> {
  @Override
  protected void encode(ChannelHandlerContext context, Pdu pdu, ByteBuf out) {
    PduWriter.write(pdu, out);
  }
}
