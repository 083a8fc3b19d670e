package org.medseal.ledger.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;
import org.medseal.ledger.model.Transaction;

class CodecProperties {
  @Property(tries = 300)
  void transactionsRoundTrip(@ForAll("transactions") Transaction transaction) {
    byte[] encoded = Transactions.encode(transaction);
    IdentifiedTransaction decoded = Transactions.decode(encoded);
    assertThat(decoded.transaction()).isEqualTo(transaction);
    assertThat(decoded.encoded()).isEqualTo(Bytes.of(encoded));
    assertThat(Transactions.encode(decoded.transaction())).isEqualTo(encoded);
  }

  @Property(tries = 100)
  void blocksRoundTrip(@ForAll("blocks") Block block) {
    byte[] encoded = Blocks.encode(block);
    Block decoded = Blocks.decode(encoded, encoded.length);
    assertThat(decoded).isEqualTo(block);
    assertThat(Blocks.encode(decoded)).isEqualTo(encoded);
  }

  @Example
  void everyCutOfATransactionIsRefused() {
    for (Action action : Samples.actions()) {
      everyCutIsRefused(Samples.institution(action, 10).encoded().toArray(), Transactions::decode);
    }
    everyCutIsRefused(
        Samples.record(Samples.filled(30, 1), 10).encoded().toArray(), Transactions::decode);
  }

  @Example
  void everyCutOfABlockIsRefused() {
    everyCutIsRefused(Blocks.encode(Samples.block()), bytes -> Blocks.decode(bytes, 1 << 20));
  }

  @Example
  void everyChangedByteOfATransactionIsRefusedOrAnotherTransaction() {
    for (Action action : Samples.actions()) {
      everyChangeIsRefusedOrSeen(
          Samples.institution(action, 10).encoded().toArray(),
          Transactions::decode,
          decoded -> Transactions.encode(decoded.transaction()));
    }
    everyChangeIsRefusedOrSeen(
        Samples.record(Samples.filled(30, 1), 10).encoded().toArray(),
        Transactions::decode,
        decoded -> Transactions.encode(decoded.transaction()));
  }

  @Example
  void everyChangedByteOfABlockIsRefusedOrAnotherBlock() {
    everyChangeIsRefusedOrSeen(
        Blocks.encode(Samples.block()), bytes -> Blocks.decode(bytes, 1 << 20), Blocks::encode);
  }

  @Property(tries = 2000)
  void randomBytesAreAnAnswerNeverAnError(@ForAll byte[] bytes) {
    byte[] withKind = Arrays.copyOf(bytes, bytes.length + 1);
    System.arraycopy(bytes, 0, withKind, 1, bytes.length);
    withKind[0] = 1;
    assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Transactions.decode(withKind));
    assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Blocks.decode(bytes, 1 << 20));
  }

  private static void everyCutIsRefused(byte[] encoded, Function<byte[], ?> decode) {
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatExceptionOfType(CodecException.class).isThrownBy(() -> decode.apply(cut));
    }
  }

  private static <T> void everyChangeIsRefusedOrSeen(
      byte[] encoded, Function<byte[], T> decode, Function<T, byte[]> encode) {
    T original = decode.apply(encoded);
    for (int i = 0; i < encoded.length; i++) {
      for (int mask : new int[] {0x01, 0x80, 0xff}) {
        byte[] changed = encoded.clone();
        changed[i] ^= (byte) mask;
        decoded(decode, changed)
            .ifPresent(
                value -> {
                  assertThat(value).isNotEqualTo(original);
                  assertThat(encode.apply(value)).isEqualTo(changed);
                });
      }
    }
  }

  private static <T> Optional<T> decoded(Function<byte[], T> decode, byte[] bytes) {
    try {
      return Optional.of(decode.apply(bytes));
    } catch (CodecException e) {
      return Optional.empty();
    }
  }

  @Provide
  Arbitrary<Transaction> transactions() {
    return Arbitraries.oneOf(records(), institutionTransactions());
  }

  @Provide
  Arbitrary<Block> blocks() {
    return Combinators.combine(
            transactions().map(Transactions::identify).list().ofMaxSize(4),
            Arbitraries.longs().between(0, Long.MAX_VALUE),
            Arbitraries.of(true, false))
        .as(
            (transactions, height, first) ->
                new Block(
                    Samples.header(height / 2),
                    transactions,
                    first ? Optional.empty() : Samples.block().lastCommit(),
                    first ? List.of() : Samples.block().evidence()));
  }

  private static Arbitrary<Transaction> institutionTransactions() {
    return Combinators.combine(
            names(),
            names(),
            heights(),
            bytes(16, 16),
            Arbitraries.of(Samples.actions()),
            bytes(64, 64))
        .as(InstitutionTransaction::new);
  }

  private static Arbitrary<Transaction> records() {
    Arbitrary<RecordHeader> headers =
        Combinators.combine(
                names(),
                Arbitraries.of(RecordFormat.class),
                bytes(16, 16),
                Arbitraries.integers().between(0, Integer.MAX_VALUE),
                hashes().list().ofSize(4),
                hashes())
            .as(RecordHeader::new);
    Arbitrary<RecordWitness> witnesses =
        Combinators.combine(
                headers, bytes(0, 124).list().ofMaxSize(3), bytes(0, 300).map(Payload.Inline::new))
            .as(RecordWitness::new);
    return Combinators.combine(
            Arbitraries.integers().between(0, 255),
            names(),
            heights(),
            hashes(),
            bytes(352, 352),
            witnesses)
        .as(
            (version, chain, expiry, commitment, signature, witness) ->
                new RecordTransaction(
                    new RecordCore(
                        version,
                        chain,
                        version,
                        expiry,
                        witness.header().format(),
                        Transactions.witnessHash(witness),
                        commitment,
                        signature),
                    witness));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings().alpha().numeric().withChars('-', 'ô', '医').ofMaxLength(20);
  }

  private static Arbitrary<Long> heights() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE);
  }

  private static Arbitrary<Hash> hashes() {
    return bytes(32, 32).map(Hash::new);
  }

  private static Arbitrary<Bytes> bytes(int from, int to) {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(from).ofMaxSize(to).map(Bytes::of);
  }
}
