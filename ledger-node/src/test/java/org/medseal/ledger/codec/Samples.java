package org.medseal.ledger.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.model.TlsProof;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** Well-formed values with made-up content and no valid signature; the same every time. */
public final class Samples {
  private Samples() {}

  /** That many bytes of that value. */
  static Bytes filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  static Hash hash(int value) {
    return new Hash(filled(Hash.LENGTH, value));
  }

  public static IdentifiedTransaction approval(int number, long expiryHeight) {
    return institution(new Action.TraceApproval(hash(number)), expiryHeight);
  }

  static IdentifiedTransaction institution(Action action, long expiryHeight) {
    return Transactions.identify(
        new InstitutionTransaction(
            "chain-1", "hospital-1", expiryHeight, filled(16, 9), action, filled(64, 8)));
  }

  /** All with one salt. */
  public static IdentifiedTransaction record(Bytes ciphertext, long expiryHeight) {
    RecordWitness witness =
        new RecordWitness(
            new RecordHeader(
                "chain-1",
                RecordFormat.FHIR,
                filled(16, 1),
                3,
                List.of(hash(2), hash(3), hash(4), hash(5)),
                hash(6)),
            List.of(filled(122, 7)),
            new Payload.Inline(ciphertext));
    return Transactions.identify(
        new RecordTransaction(
            new RecordCore(
                RecordCore.VERSION,
                "chain-1",
                2,
                expiryHeight,
                RecordFormat.FHIR,
                Transactions.witnessHash(witness),
                hash(10),
                filled(RecordCore.GROUP_SIGNATURE_LENGTH, 11)),
            witness));
  }

  /** One of each action. */
  static List<Action> actions() {
    return List.of(
        new Action.AccessRequest(1_700_000_000_000L, filled(20, 1)),
        new Action.AccessDecision(hash(1), true, filled(5, 2)),
        new Action.TraceRequest(hash(3), Bytes.empty()),
        new Action.TraceApproval(hash(4)),
        new Action.TraceResult(hash(5), hash(6), filled(7, 7)),
        new Action.MemberJoin(
            new GroupMember(
                "hospital-1", filled(48, 1), filled(64, 2), filled(32, 3), filled(64, 4))),
        new Action.EpochStart(
            2, filled(300, 1), List.of(new EpochCredential("hospital-1", filled(80, 2)))),
        new Action.CustodianSetChange(
            new CustodianSet(2, List.of(new CustodianKey("hospital-2", filled(65, 4))))),
        new Action.Bond(5),
        new Action.Unbond(6),
        new Action.Unjail(),
        new Action.KeyRotate(filled(32, 5), filled(64, 6)),
        new Action.NodeMove(
            hash(7), "hospital-1.example.org:7501", new TlsProof(filled(65, 4), filled(64, 8))),
        new Action.GovernanceProposal(new MembershipChange.StakeGrant("hospital-2", 8)),
        new Action.GovernanceProposal(
            new MembershipChange.Admission(
                new Institution(
                    "hospital-5",
                    filled(32, 1),
                    filled(65, 4),
                    filled(32, 2),
                    hash(3),
                    "hospital-5.example.org:7501",
                    9),
                filled(64, 5),
                filled(64, 6),
                new TlsProof(filled(65, 4), filled(64, 7)))),
        new Action.GovernanceProposal(new MembershipChange.Removal("hospital-3")),
        new Action.GovernanceProposal(new MembershipChange.StakeRules(25, StakeParameters.DEFAULT)),
        new Action.GovernanceProposal(
            new MembershipChange.CustodianAddition(
                new CustodianKey("hospital-2", filled(65, 4)), filled(64, 3))),
        new Action.GovernanceProposal(new MembershipChange.CustodianRemoval(filled(65, 4))),
        new Action.GovernanceVote(hash(8), true),
        new Action.AuditAnchor(77, hash(9)));
  }

  public static BlockHeader header(long height) {
    return new BlockHeader(
        BlockHeader.VERSION,
        "chain-1",
        height,
        1_700_000_000_000L + height,
        hash(1),
        hash(2),
        hash(3),
        hash(4),
        hash(5),
        hash(6),
        hash(7),
        hash(8),
        hash(9),
        hash(10),
        hash(11),
        2);
  }

  static Block block() {
    List<IdentifiedTransaction> transactions = new ArrayList<>();
    transactions.add(record(filled(33, 12), 20));
    transactions.add(approval(1, 20));
    return new Block(
        header(7),
        Collections.unmodifiableList(transactions),
        Optional.of(
            new CommitCertificate(
                6,
                1,
                hash(20),
                List.of(
                    new CommitSignature(0, filled(64, 1)), new CommitSignature(2, filled(64, 2))))),
        List.of(
            new Evidence.DuplicateVote(vote(Optional.empty()), vote(Optional.of(hash(1)))),
            new Evidence.DuplicateProposal(proposal(hash(1)), proposal(hash(2)))));
  }

  static Vote vote(Optional<Hash> blockId) {
    return new Vote(VoteType.PRECOMMIT, 5, 2, blockId, 1, filled(64, 3));
  }

  static Proposal proposal(Hash blockId) {
    return new Proposal(5, 2, -1, blockId, 1, filled(64, 4));
  }
}
