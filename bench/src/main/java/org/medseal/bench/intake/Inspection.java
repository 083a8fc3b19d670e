package org.medseal.bench.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medseal.bench.HomeNode;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.hl7ack.Hl7Head;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.MessageView;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.home.Home;
import org.medseal.home.NodeKeyring;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.node.LedgerVerification;
import org.medseal.ledger.node.VerificationReport;

/** What a stopped hospital's disk holds, beside what its senders were promised. */
final class Inspection {
  private static final int ALL = Integer.MAX_VALUE;
  private static final Pattern FHIR_ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final List<String> violations = new ArrayList<>();
  private final Map<String, Integer> held = new TreeMap<>();
  private final Map<MessageState, Integer> states = new TreeMap<>();
  private final Set<String> records = new HashSet<>();
  private long onLedger;

  private Inspection() {}

  static Inspection of(Home home, Story story) {
    Inspection inspection = new Inspection();
    Genesis genesis = GenesisFile.read(home.genesisFile());
    try (NodeKeyring keyring = HomeNode.keyring(home, genesis);
        LocalCipher cipher = new LocalCipher(keyring.storageKey());
        MessageStore store = MessageStore.open(home.inbox(), home.outbox(), cipher, everything())) {
      store.list(Optional.empty(), ALL, Optional.empty()).forEach(m -> inspection.saw(store, m));
    }
    inspection.promises(story);
    inspection.ledger(LedgerVerification.verify(home.root(), genesis));
    return inspection;
  }

  private static MessageLimits everything() {
    MessageLimits usual = MessageLimits.defaults();
    return new MessageLimits(usual.maxMessageBytes(), ALL, usual.maxOpenBytes(), ALL);
  }

  private void saw(MessageStore store, MessageView message) {
    states.merge(message.state(), 1, Integer::sum);
    String name = name(message.format(), store.raw(message.id()));
    held.merge(name, 1, Integer::sum);
    expect(message.state() == MessageState.COMMITTED, name + " is " + message.state());
    expect(message.records().size() == 1, name + " has " + message.records().size() + " records");
    message.records().forEach(r -> expect(records.add(r.txId()), "one record of two messages"));
  }

  private static String name(Format format, byte[] raw) {
    if (format == Format.HL7V2) {
      return Hl7Head.read(raw).flatMap(Hl7Head::controlId).orElse("nameless");
    }
    Matcher id = FHIR_ID.matcher(new String(raw, StandardCharsets.UTF_8));
    return id.find() ? id.group(1) : "nameless";
  }

  private void promises(Story story) {
    for (Story.Way way : Story.Way.values()) {
      for (String name : story.acknowledged(way)) {
        expect(held.containsKey(name), name + " was acknowledged by " + way + " and is lost");
      }
    }
    held.forEach((name, times) -> expect(times == 1, name + " is there " + times + " times"));
  }

  private void ledger(VerificationReport report) {
    onLedger = report.transactions();
    report.difference().ifPresent(violations::add);
    expect(
        onLedger == records.size(),
        onLedger + " records on the ledger of " + records.size() + " in the outbox");
  }

  private void expect(boolean held, String otherwise) {
    if (!held) {
      violations.add(otherwise);
    }
  }

  List<String> violations() {
    return violations;
  }

  String summary() {
    return held.size() + " messages held, " + states + ", " + onLedger + " records on the ledger";
  }
}
