package org.medseal.ledger.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.GroupMember;

/**
 * Registry of the signing group.
 *
 * @param memberships by institution, oldest first: who joins anew keeps the earlier ones, against
 *     which older signatures are judged
 * @param epochs from the first to the current one
 */
record GroupState(SortedMap<String, List<GroupMember>> memberships, List<GroupEpoch> epochs) {
  /**
   * One epoch.
   *
   * @param startHeight of the block that started it; 0 for the first
   */
  record GroupEpoch(
      int epoch, long startHeight, Bytes groupPublicKey, List<EpochCredential> credentials) {
    /** Bytes of A at the head of a credential's encoding. */
    private static final int A_LENGTH = 48;

    GroupEpoch {
      credentials = List.copyOf(credentials);
    }

    Optional<EpochCredential> credential(String institution) {
      return credentials.stream()
          .filter(each -> each.institution().equals(institution))
          .findFirst();
    }

    Optional<EpochCredential> byA(Bytes a) {
      return credentials.stream().filter(each -> a(each).equals(a)).findFirst();
    }

    static Bytes a(EpochCredential credential) {
      byte[] encoded = credential.credential().toArray();
      return Bytes.of(encoded, 0, Math.min(A_LENGTH, encoded.length));
    }
  }

  GroupState {
    SortedMap<String, List<GroupMember>> copy = new TreeMap<>();
    memberships.forEach((institution, joined) -> copy.put(institution, List.copyOf(joined)));
    memberships = Collections.unmodifiableSortedMap(copy);
    epochs = List.copyOf(epochs);
  }

  GroupEpoch current() {
    return epochs.get(epochs.size() - 1);
  }

  Optional<GroupEpoch> epoch(int number) {
    return number >= 1 && number <= epochs.size()
        ? Optional.of(epochs.get(number - 1))
        : Optional.empty();
  }

  Optional<GroupMember> member(String institution) {
    return Optional.ofNullable(memberships.get(institution))
        .map(joined -> joined.get(joined.size() - 1));
  }

  List<GroupMember> memberships(String institution) {
    return memberships.getOrDefault(institution, List.of());
  }

  boolean knowsCommitment(Bytes commitment) {
    return memberships.values().stream()
        .flatMap(List::stream)
        .anyMatch(each -> each.commitment().equals(commitment));
  }

  /** Was A given to anybody in any epoch? */
  boolean knowsA(Bytes a) {
    return epochs.stream().anyMatch(each -> each.byA(a).isPresent());
  }

  GroupState joined(GroupMember member) {
    SortedMap<String, List<GroupMember>> next = new TreeMap<>(memberships);
    List<GroupMember> joined = new ArrayList<>(memberships(member.institution()));
    joined.add(member);
    next.put(member.institution(), joined);
    return new GroupState(next, epochs);
  }

  GroupState started(GroupEpoch epoch) {
    List<GroupEpoch> next = new ArrayList<>(epochs);
    next.add(epoch);
    return new GroupState(memberships, next);
  }
}
