package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessRequest;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * What this validator's peers have said after its start: what they know it signed, and where they
 * stand. An answer counts while its peer stays connected and the question was about the present
 * key.
 */
final class Inquiry {
  private final Environment environment;
  private final Chain chain;
  private final Application application;
  private final Supplier<Optional<Validator>> self;
  private final TreeMap<Integer, Long> tips = new TreeMap<>(); // newest block by peer, as answered
  private final Map<Integer, Set<Bytes>> asked = new HashMap<>(); // by peer: own keys, unanswered
  private final Set<Bytes> keys = new HashSet<>(); // own ones that any peer was asked about

  /**
   * @param self this node among the validators, if it is one now
   */
  Inquiry(
      Environment environment,
      Chain chain,
      Application application,
      Supplier<Optional<Validator>> self) {
    this.environment = environment;
    this.chain = chain;
    this.application = application;
    this.self = self;
  }

  void ask(int peer) {
    self.get()
        .ifPresent(
            own -> {
              asked.computeIfAbsent(peer, any -> new HashSet<>()).add(own.key());
              keys.add(own.key());
              environment.send(peer, new WitnessRequest(own.key()));
            });
  }

  /** The own keys this answer may be about; empty if nothing was asked. */
  Set<Bytes> answered(int peer) {
    return Optional.ofNullable(asked.remove(peer)).orElseGet(Set::of);
  }

  /** Every own key that anybody was asked about. */
  Set<Bytes> keys() {
    return Set.copyOf(keys);
  }

  void stands(int peer, long height) {
    tips.put(peer, height);
  }

  /** It has gone; what it said counts until it comes back only once signing is open. */
  void forget(int peer, boolean open) {
    asked.remove(peer);
    if (!open) {
      tips.remove(peer);
    }
  }

  void end() {
    tips.clear();
    asked.clear();
  }

  boolean hasQuorum() {
    ValidatorSet validators = chain.state().validators();
    long power = self.get().map(Validator::stake).orElse(0L);
    for (int peer : tips.keySet()) {
      power += validatorOf(peer, validators).map(Validator::stake).orElse(0L);
    }
    return validators.isQuorum(power);
  }

  /** The highest block that peers with more than a third of stake say they have; else 0. */
  long tip() {
    ValidatorSet validators = chain.state().validators();
    List<Map.Entry<Integer, Long>> highestFirst = new ArrayList<>(tips.entrySet());
    highestFirst.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    long power = 0;
    for (Map.Entry<Integer, Long> each : highestFirst) {
      power += validatorOf(each.getKey(), validators).map(Validator::stake).orElse(0L);
      if (validators.isSomeHonest(power)) {
        return each.getValue();
      }
    }
    return 0;
  }

  private Optional<Validator> validatorOf(int peer, ValidatorSet validators) {
    String name = application.institutions().get(peer);
    return validators.validators().stream()
        .filter(each -> each.institution().equals(name))
        .findFirst();
  }

  /** Whose word is missing, in words. */
  String unheard() {
    ValidatorSet validators = chain.state().validators();
    Set<Validator> heard = new HashSet<>();
    self.get().ifPresent(heard::add);
    tips.keySet().forEach(peer -> validatorOf(peer, validators).ifPresent(heard::add));
    String missing =
        validators.validators().stream()
            .filter(each -> !heard.contains(each))
            .map(Validator::institution)
            .collect(Collectors.joining(", "));
    long power = heard.stream().mapToLong(Validator::stake).sum();
    return "signing nothing after the start before "
        + missing
        + " have said where they stand: "
        + (2 * validators.totalStake() / 3 + 1 - power)
        + " more of "
        + validators.totalStake()
        + " stake needed";
  }
}
