package org.medseal.ledger.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;

/**
 * Reads from a connection into memory of the heap. JDK 17 decrypts AES-GCM from direct buffers
 * block by block in interpreted steps, which costs more than the copy.
 */
final class HeapReads extends AdaptiveRecvByteBufAllocator {
  @Override
  @SuppressWarnings("deprecation") // what the superclass returns
  public Handle newHandle() {
    return new DelegatingHandle(super.newHandle()) {
      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return allocator.heapBuffer(guess());
      }
    };
  }
}
