package org.medseal.connectors.dicomnet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a server hands over, in memory, and answers SUCCESS. */
final class Received implements StoreHandler {
  final List<Stored> objects = new CopyOnWriteArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // of a test
  record Stored(ReceivedObject head, byte[] file) {
    /** What lies behind the file meta information. */
    byte[] dataset() {
      int metaLength = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(140);
      return Arrays.copyOfRange(file, 144 + metaLength, file.length);
    }
  }

  @Override
  public StoreStatus store(ReceivedObject object) throws Exception {
    byte[] file = object.part10().readAllBytes();
    objects.add(new Stored(object, file));
    return StoreStatus.SUCCESS;
  }

  Optional<Stored> of(String instance) {
    return objects.stream().filter(o -> o.head().sopInstanceUid().equals(instance)).findFirst();
  }
}
