package org.medseal.ledger.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.medseal.ledger.fuzz.FuzzTarget;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;

/** The canonical codec's decoders. */
public final class CodecFuzz {
  private static final int MAX = 1 << 20;

  private CodecFuzz() {}

  public static List<FuzzTarget> targets() {
    Vote vote = Samples.vote(Optional.of(Samples.hash(1)));
    List<byte[]> transactions = new ArrayList<>();
    Samples.actions()
        .forEach(each -> transactions.add(Samples.institution(each, 10).encoded().toArray()));
    transactions.add(Samples.record(Samples.filled(30, 1), 10).encoded().toArray());
    Block block = Samples.block();
    return List.of(
        target(
            "transactions",
            transactions,
            Transactions::decode,
            each -> Transactions.encode(each.transaction())),
        target(
            "blocks",
            List.of(Blocks.encode(block)),
            bytes -> Blocks.decode(bytes, MAX),
            Blocks::encode),
        read("votes", vote, Votes::readVote, Votes::writeVote),
        read(
            "proposals",
            Samples.proposal(Samples.hash(1)),
            Votes::readProposal,
            (CanonicalWriter out, Proposal each) -> Votes.writeProposal(out, each)),
        read(
            "certificates",
            block.lastCommit().orElseThrow(),
            Votes::readCertificate,
            (CanonicalWriter out, CommitCertificate each) -> Votes.writeCertificate(out, each)),
        read(
            "evidence",
            block.evidence().get(0),
            Votes::readEvidence,
            (CanonicalWriter out, Evidence each) -> Votes.writeEvidence(out, each)),
        read(
            "parameters",
            new Parameters(3, 25, 1 << 20, 4 << 20, 100, 5),
            Registries::readParameters,
            Registries::writeParameters),
        read(
            "custodians",
            new CustodianSet(1, List.of(new CustodianKey("hospital-1", Samples.filled(65, 4)))),
            Registries::readCustodians,
            Registries::writeCustodians),
        read(
            "validators",
            new ValidatorSet(
                List.of(
                    new Validator(0, "hospital-1", Samples.filled(32, 1), 10),
                    new Validator(1, "hospital-2", Samples.filled(32, 2), 5))),
            Registries::readValidators,
            Registries::writeValidators),
        read(
            "members",
            new GroupMember(
                "hospital-1",
                Samples.filled(48, 1),
                Samples.filled(90, 2),
                Samples.filled(32, 4),
                Samples.filled(64, 3)),
            Registries::readMember,
            Registries::writeMember),
        read(
            "credentials",
            new EpochCredential("hospital-1", Samples.filled(90, 2)),
            Registries::readCredential,
            Registries::writeCredential));
  }

  private static <T> FuzzTarget read(
      String name,
      T sample,
      Function<CanonicalReader, T> reader,
      BiConsumer<CanonicalWriter, T> writer) {
    Function<T, byte[]> encode =
        each -> {
          CanonicalWriter out = new CanonicalWriter();
          writer.accept(out, each);
          return out.toByteArray();
        };
    return target(
        name,
        List.of(encode.apply(sample)),
        bytes -> {
          CanonicalReader in = new CanonicalReader(bytes);
          T read = reader.apply(in);
          in.end();
          return read;
        },
        encode);
  }

  private static <T> FuzzTarget target(
      String name, List<byte[]> seeds, Function<byte[], T> decode, Function<T, byte[]> encode) {
    return new FuzzTarget(
        name,
        seeds,
        bytes -> {
          try {
            T decoded = decode.apply(bytes.clone());
            if (!Arrays.equals(encode.apply(decoded), bytes)) {
              throw new AssertionError(name + ": two forms of one object");
            }
          } catch (CodecException refused) {
            return;
          }
        });
  }
}
