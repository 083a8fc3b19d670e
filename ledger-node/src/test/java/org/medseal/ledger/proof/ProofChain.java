package org.medseal.ledger.proof;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.medseal.crypto.Digests;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/** A chain of real signatures and hashes whose validators and times the test chooses. */
final class ProofChain implements ProofSource {
  static final long START_MS = 1_700_000_000_000L;
  private static final SecureRandom RANDOM = new SecureRandom(new byte[] {7});
  private static final List<Ed25519PrivateKey> KEYS = new ArrayList<>();

  private final Genesis genesis;
  private final LongFunction<List<Integer>> validatorsAt;
  private final long blockMs;
  private final List<LightBlock> blocks = new ArrayList<>();
  private final List<List<Hash>> ids = new ArrayList<>();
  private final List<StateHistory> histories = new ArrayList<>();
  private final Map<Hash, Place> places = new HashMap<>();
  private MerkleFrontier history = MerkleFrontier.EMPTY;

  /**
   * @param validatorsAt key numbers of a height's validators; heights 1 and 2 are the genesis' ones
   */
  ProofChain(LongFunction<List<Integer>> validatorsAt, long blockMs) {
    this.validatorsAt = validatorsAt;
    this.blockMs = blockMs;
    this.genesis = genesis(validatorsAt.apply(1));
    histories.add(state(0));
  }

  /** Four validators of equal stake that never change, a block a second. */
  static ProofChain steady(int heights) {
    return new ProofChain(height -> List.of(0, 1, 2, 3), 1_000).grow(heights);
  }

  static Ed25519PrivateKey key(int number) {
    while (KEYS.size() <= number) {
      KEYS.add(Ed25519PrivateKey.generate(RANDOM));
    }
    return KEYS.get(number);
  }

  private static Genesis genesis(List<Integer> validators) {
    List<Institution> institutions = new ArrayList<>();
    for (int each : validators) {
      Bytes key = Bytes.of(key(each).publicKey().bytes());
      institutions.add(
          new Institution(
              "hospital-" + each, key, Bytes.of(new byte[65]), key, Hash.ZERO, "127.0.0.1:1", 10));
    }
    String first = institutions.get(0).name();
    return new Genesis(
        "proof-chain",
        START_MS,
        institutions,
        Bytes.empty(),
        Bytes.empty(),
        List.of(),
        List.of(),
        first,
        first,
        new CustodianSet(1, List.of(new CustodianKey(first, Bytes.of(new byte[65])))),
        new Parameters(0, 0, 1 << 16, 1 << 18, 1_000_000, 10));
  }

  static ValidatorSet set(List<Integer> keys) {
    List<Validator> validators = new ArrayList<>();
    for (int each : keys) {
      validators.add(
          new Validator(
              validators.size(), "hospital-" + each, Bytes.of(key(each).publicKey().bytes()), 10));
    }
    return new ValidatorSet(validators);
  }

  /** Blocks with 0 to 6 transactions each. */
  ProofChain grow(int heights) {
    for (int i = 0; i < heights; i++) {
      long height = blocks.size() + 1L;
      List<Hash> block = new ArrayList<>();
      for (int j = 0; j < height * 5 % 7; j++) {
        block.add(id(height + "/" + j));
      }
      add(block);
    }
    return this;
  }

  static Hash id(String name) {
    return Hash.of(Digests.sha256(name.getBytes(StandardCharsets.UTF_8)));
  }

  void add(List<Hash> block) {
    long height = blocks.size() + 1L;
    BlockHeader header =
        new BlockHeader(
            BlockHeader.VERSION,
            genesis.chainId(),
            height,
            START_MS + height * blockMs,
            height == 1 ? Registries.genesisHash(genesis) : blocks.get(blocks.size() - 1).id(),
            Hash.ZERO,
            MerkleTree.root(block.stream().map(Hash::bytes).toList()),
            MerkleTree.root(parts(height - 1)),
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            Blocks.validatorsHash(set(validatorsAt.apply(height))),
            Blocks.validatorsHash(set(validatorsAt.apply(height + 1))),
            Hash.ZERO,
            Hash.ZERO,
            0);
    blocks.add(signed(header, validatorsAt.apply(height)));
    for (int i = 0; i < block.size(); i++) {
      places.put(block.get(i), new Place(height, i));
    }
    ids.add(block);
    history = history.append(block.stream().map(Hash::bytes).toList());
    histories.add(state(height));
  }

  /** With a certificate of these keys, in this order. */
  static LightBlock signed(BlockHeader header, List<Integer> signers) {
    List<CommitSignature> signatures = new ArrayList<>();
    for (int i = 0; i < signers.size(); i++) {
      signatures.add(new CommitSignature(i, Bytes.of(new byte[64])));
    }
    CommitCertificate unsigned =
        new CommitCertificate(header.height(), 0, Blocks.id(header), signatures);
    List<CommitSignature> made = new ArrayList<>();
    for (CommitSignature each : signatures) {
      byte[] message = Votes.signBytes(header.chainId(), Votes.precommit(unsigned, each));
      made.add(
          new CommitSignature(
              each.validator(), Bytes.of(key(signers.get(each.validator())).sign(message))));
    }
    return new LightBlock(
        header, new CommitCertificate(header.height(), 0, unsigned.blockId(), made));
  }

  /** A state of seven parts of which only the history means anything. */
  private List<Bytes> parts(long height) {
    List<Bytes> parts = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      parts.add(Bytes.of(new byte[] {(byte) i, (byte) height}));
    }
    parts.set(StateHistory.PART, StateHistory.part(history));
    return parts;
  }

  private StateHistory state(long height) {
    return new StateHistory(history, MerkleTree.prove(parts(height), StateHistory.PART));
  }

  Genesis genesis() {
    return genesis;
  }

  Anchor fromGenesis() {
    return new Anchor.OfGenesis(genesis);
  }

  Anchor from(long height) {
    return new Anchor.OfCheckpoint(new Checkpoint(height, blocks.get((int) height - 1).id()));
  }

  /** Of a verifier a minute after the newest block. */
  TrustRules rules() {
    return TrustRules.at(Instant.ofEpochMilli(START_MS + height() * blockMs + 60_000));
  }

  ProofMaker maker() {
    return new ProofMaker(this, genesis);
  }

  @Override
  public long height() {
    return blocks.size();
  }

  @Override
  public Optional<LightBlock> block(long height) {
    return height < 1 || height > blocks.size()
        ? Optional.empty()
        : Optional.of(blocks.get((int) height - 1));
  }

  @Override
  public Optional<ValidatorSet> validators(long height) {
    return Optional.of(set(validatorsAt.apply(height)));
  }

  @Override
  public Optional<Place> place(Hash transaction) {
    return Optional.ofNullable(places.get(transaction));
  }

  @Override
  public List<Hash> transactionIds(long height) {
    return height > ids.size() ? List.of() : ids.get((int) height - 1);
  }

  @Override
  public Optional<StateHistory> historyAfter(long height) {
    return height >= histories.size() ? Optional.empty() : Optional.of(histories.get((int) height));
  }
}
