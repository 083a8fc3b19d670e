package org.medseal.ledger.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.api.RecordReference;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.RecordTransaction;

/** A store without a disk, for many nodes in one test. */
public class InMemoryStore implements AppStore {
  private final Map<Hash, Location> locations = new HashMap<>();
  private final Set<Bytes> salts = new HashSet<>();
  private final List<Tagged> tags = new ArrayList<>();
  private final List<CommittedAction> actions = new ArrayList<>();
  private Optional<byte[]> state = Optional.empty();
  private long height;

  private record Tagged(Hash tag, RecordReference reference) {}

  @Override
  public synchronized long height() {
    return height;
  }

  @Override
  public synchronized Optional<byte[]> state() {
    return state.map(byte[]::clone);
  }

  @Override
  public synchronized boolean containsTransaction(Hash id) {
    return locations.containsKey(id);
  }

  @Override
  public synchronized boolean containsSalt(Bytes salt) {
    return salts.contains(salt);
  }

  @Override
  public synchronized Optional<Location> locate(Hash transactionId) {
    return Optional.ofNullable(locations.get(transactionId));
  }

  @Override
  public synchronized List<RecordReference> recordsByTags(Collection<Hash> wanted) {
    return tags.stream()
        .filter(each -> wanted.contains(each.tag()))
        .map(Tagged::reference)
        .toList();
  }

  @Override
  public synchronized List<CommittedAction> actionsOn(Hash subject) {
    return actions.stream().filter(each -> subject(each).id().equals(subject)).toList();
  }

  @Override
  public synchronized List<CommittedAction> actions(Topic topic) {
    return actions.stream().filter(each -> subject(each).topic() == topic).toList();
  }

  @Override
  public synchronized void commit(long blockHeight, byte[] blob, Block block, Hash blockId) {
    int index = 0;
    for (IdentifiedTransaction each : block.transactions()) {
      boolean isRecord = each.transaction() instanceof RecordTransaction;
      locations.put(each.id(), new Location(blockHeight, index, isRecord));
      if (each.transaction() instanceof RecordTransaction record) {
        salts.add(record.witness().header().salt());
        for (Hash tag : record.witness().header().tags()) {
          tags.add(
              new Tagged(
                  tag, new RecordReference(each.id(), blockHeight, record.core().format(), tag)));
        }
      } else if (each.transaction() instanceof InstitutionTransaction signed
          && ActionThreads.subject(each.id(), signed).isPresent()) {
        actions.add(
            new CommittedAction(each.id(), blockHeight, index, block.header().timeMs(), signed));
      }
      index++;
    }
    state = Optional.of(blob.clone());
    height = blockHeight;
  }

  /** As after that block, of which the state and the look-ups since the genesis are known. */
  public synchronized void restore(long blockHeight, byte[] blob, Iterator<Lookup> lookups) {
    while (lookups.hasNext()) {
      Lookup each = lookups.next();
      boolean isRecord = each.content() instanceof Lookup.OfRecord;
      locations.put(each.id(), new Location(each.height(), each.position(), isRecord));
      if (each.content() instanceof Lookup.OfRecord record) {
        salts.add(record.salt());
        for (Hash tag : record.tags()) {
          tags.add(
              new Tagged(tag, new RecordReference(each.id(), each.height(), record.format(), tag)));
        }
      } else if (each.content() instanceof Lookup.OfThread thread) {
        InstitutionTransaction signed =
            (InstitutionTransaction) Transactions.decode(thread.encoded().toArray()).transaction();
        actions.add(
            new CommittedAction(
                each.id(), each.height(), each.position(), thread.timeMs(), signed));
      }
    }
    state = Optional.of(blob.clone());
    height = blockHeight;
  }

  private static ActionThreads.Subject subject(CommittedAction action) {
    return ActionThreads.subject(action.id(), action.transaction()).orElseThrow();
  }
}
