package org.medseal.ledger.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotsAnswer;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;

/** What a liar tells a node that joins by a snapshot, in place of the truth. */
final class PartLiar {
  private final Set<Lie> lies;
  private final Random random;

  PartLiar(Set<Lie> lies, Random random) {
    this.lies = lies;
    this.random = random;
  }

  /** What is said, and how much later; nothing for no answer. */
  List<Liar.Spoken> tell(SnapshotMessage truth) {
    List<Lie> chosen = lies.stream().filter(Lie::isOfSnapshots).toList();
    if (chosen.isEmpty() || random.nextInt(4) == 0) {
      return List.of(new Liar.Spoken(truth, 0));
    }
    return switch (chosen.get(random.nextInt(chosen.size()))) {
      case FALSE_PARTS -> List.of(new Liar.Spoken(falsified(truth), 0));
      case DRIPPED_PARTS -> List.of(new Liar.Spoken(little(truth), Joins.ANSWER_MS - 100));
      default -> random.nextBoolean() ? List.of() : List.of(new Liar.Spoken(nothing(truth), 0));
    };
  }

  private SnapshotMessage falsified(SnapshotMessage truth) {
    if (truth instanceof SnapshotPart part && part.content().length() > 0) {
      return with(part, changed(part.content()));
    } else if (truth instanceof OlderResponse older && !older.blocks().isEmpty()) {
      return new OlderResponse(changed(older.blocks()));
    } else if (truth instanceof SnapshotsAnswer answer) {
      List<Long> heights = new ArrayList<>(answer.heights());
      heights.addAll(List.of(1_000_000_000L, 1L + random.nextInt(300)));
      return new SnapshotsAnswer(heights);
    }
    return truth;
  }

  private Bytes changed(Bytes content) {
    byte[] bytes = content.toArray();
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
      default -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return Bytes.of(bytes);
  }

  private List<OlderBlock> changed(List<OlderBlock> truth) {
    List<OlderBlock> blocks = new ArrayList<>(truth);
    int at = random.nextInt(blocks.size());
    OlderBlock block = blocks.get(at);
    CommitCertificate real = block.stored().certificate();
    switch (random.nextInt(4)) {
      case 0 -> blocks.set(at, new OlderBlock(block.stored(), changed(block.note())));
      case 1 ->
          blocks.set(
              0,
              new OlderBlock(
                  new StoredBlock(
                      blocks.get(0).stored().block(),
                      new CommitCertificate(
                          real.height(), real.round(), real.blockId(), List.of())),
                  blocks.get(0).note()));
      case 2 -> Collections.reverse(blocks);
      default -> blocks.remove(at);
    }
    return blocks;
  }

  /** As little as is not nothing. */
  private SnapshotMessage little(SnapshotMessage truth) {
    if (truth instanceof SnapshotPart part
        && part.part() == SnapshotPart.Kind.LOOKUPS
        && part.content().length() > 0) {
      int first = Integer.BYTES + Math.min(1 << 20, lengthAtStart(part.content()));
      return with(part, Bytes.of(Arrays.copyOf(part.content().toArray(), first)));
    } else if (truth instanceof OlderResponse older && older.blocks().size() > 1) {
      return new OlderResponse(older.blocks().subList(0, 1));
    }
    return truth;
  }

  private static int lengthAtStart(Bytes content) {
    return ByteBuffer.wrap(content.toArray()).getInt();
  }

  private static SnapshotMessage nothing(SnapshotMessage truth) {
    if (truth instanceof SnapshotPart part) {
      return with(part, Bytes.empty());
    } else if (truth instanceof OlderResponse) {
      return new OlderResponse(List.of());
    }
    return new SnapshotsAnswer(List.of());
  }

  private static SnapshotPart with(SnapshotPart part, Bytes content) {
    return new SnapshotPart(part.height(), part.part(), part.from(), content);
  }
}
