package org.medseal.ledger.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Application.FinalizeRequest;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessAnswer;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessRequest;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;
import org.medseal.ledger.sim.SimApplication;
import org.medseal.ledger.sim.SimGenesis;

/** The own key changes between the question to a peer and its answer. */
class RotatedKeyTest {
  private static final int SELF = 3;
  private static final Bytes FORMER = key(4);
  private static final Bytes PRESENT = key(14);
  private static final Genesis GENESIS =
      SimGenesis.of(List.of(30L, 26L, 24L, 20L), List.of(key(1), key(2), key(3), FORMER));

  /** The signature shows the first byte of the key. */
  private static final SignatureCheck CHECK =
      (key, message, signature) -> key.toArray()[0] == signature.toArray()[0];

  private final List<PeerMessage> sent = new ArrayList<>();
  private final BlocksInMemory store = new BlocksInMemory();
  private final Application application = rotating(new SimApplication(GENESIS));
  private final SilentMark mark = new SilentMark();
  private Chain chain;
  private SigningGate gate;

  @BeforeEach
  void begin() {
    chain = new Chain(GENESIS, application, store);
    chain.recover();
    String self = GENESIS.institutions().get(SELF).name();
    gate =
        new SigningGate(
            EngineSettings.defaults(GENESIS, self), environment(), application, chain, CHECK);
    gate.start();
  }

  @Test
  void anHonestAnswerAboutTheFormerKeyIsIgnoredAndBansNobody() {
    gate.ask(0);
    assertThat(sent).containsExactly(new WitnessRequest(FORMER));
    rotate();
    assertThat(gate.answered(0, knows(FORMER))).isTrue();
    assertThat(mark.kind()).isEqualTo(SilenceMark.Kind.NONE);
  }

  @Test
  void anEmptyAnswerAboutTheFormerKeyDoesNotOpenTheGate() {
    gate.ask(0);
    gate.ask(1);
    rotate();
    assertThat(gate.answered(0, knowsNothing())).isTrue();
    assertThat(gate.answered(1, knowsNothing())).isTrue();
    assertThat(gate.isOpen()).isFalse();
  }

  @Test
  void whoIsAskedAboutBothKeysIsNotBannedForAnsweringAboutTheFormer() {
    gate.ask(0);
    gate.ask(1);
    rotate();
    gate.ask(0);
    gate.ask(1);
    assertThat(gate.answered(0, knows(FORMER))).isTrue();
    assertThat(gate.answered(1, knowsNothing())).as("about which key?").isTrue();
    assertThat(gate.isOpen()).isFalse();
    gate.ask(0);
    gate.ask(1);
    assertThat(sent).last().isEqualTo(new WitnessRequest(PRESENT));
    gate.answered(0, knowsNothing());
    gate.answered(1, knowsNothing());
    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void aSignatureOfNeitherKeyIsADishonestAnswer() {
    gate.ask(0);
    rotate();
    assertThat(gate.answered(0, knows(key(1)))).isFalse();
  }

  @Test
  void anAnswerAboutThePresentKeyCounts() {
    rotate();
    gate.ask(0);
    assertThat(gate.answered(0, knows(PRESENT))).isTrue();
    assertThat(mark.kind()).isEqualTo(SilenceMark.Kind.SILENT);
  }

  private static WitnessAnswer knowsNothing() {
    return new WitnessAnswer(1, List.of(), List.of());
  }

  private static WitnessAnswer knows(Bytes signer) {
    byte[] signature = new byte[64];
    signature[0] = signer.toArray()[0];
    Vote vote = new Vote(VoteType.PREVOTE, 3, 0, Optional.empty(), SELF, Bytes.of(signature));
    return new WitnessAnswer(3, List.of(vote), List.of());
  }

  /** Decided at height 1, in force from height 3. */
  private void rotate() {
    decide();
    decide();
    assertThat(chain.state().validators().get(SELF).key()).isEqualTo(PRESENT);
  }

  private void decide() {
    BlockRules rules =
        new BlockRules(GENESIS, application, chain, new Signatures("sim", (k, m, s) -> true));
    long timeMs = chain.state().timeMs() + 1;
    Block block = rules.build(timeMs, 0, List.of(), List.of(), List.of());
    chain.commit(
        new BlockStore.StoredBlock(
            block,
            new CommitCertificate(
                block.header().height(), 0, Blocks.id(block.header()), List.of())));
  }

  private static Application rotating(Application real) {
    return (Application)
        Proxy.newProxyInstance(
            RotatedKeyTest.class.getClassLoader(),
            new Class<?>[] {Application.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                return result instanceof Finalized finalized
                    ? rotated(finalized, ((FinalizeRequest) arguments[0]).validators())
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Finalized rotated(Finalized finalized, ValidatorSet before) {
    List<Validator> after = new ArrayList<>(before.validators());
    Validator self = after.get(SELF);
    after.set(SELF, new Validator(self.index(), self.institution(), PRESENT, self.stake()));
    return new Finalized(
        finalized.results(),
        Optional.of(new ValidatorSet(after)),
        finalized.stateRoot(),
        finalized.receiptsRoot());
  }

  private Environment environment() {
    return (Environment)
        Proxy.newProxyInstance(
            RotatedKeyTest.class.getClassLoader(),
            new Class<?>[] {Environment.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "send" -> sent.add((PeerMessage) arguments[1]) ? null : proxy;
                  case "silence" -> mark;
                  case "signState" -> new NothingSigned();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Bytes key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return Bytes.of(key);
  }

  private static final class SilentMark implements SilenceMark {
    private Kind kind = Kind.NONE;

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public void set(Kind to, String reason) {
      kind = to;
    }
  }

  private static final class NothingSigned implements SignState {
    @Override
    public Optional<byte[]> signatureFor(SignSlot slot, byte[] signBytes) {
      return Optional.empty();
    }

    @Override
    public void record(SignSlot slot, byte[] signBytes, byte[] signature) {
      throw new UnsupportedOperationException();
    }
  }
}
