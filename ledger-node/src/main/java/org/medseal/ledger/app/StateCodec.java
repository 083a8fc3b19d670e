package org.medseal.ledger.app;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.medseal.ledger.app.ChainFacts.Roles;
import org.medseal.ledger.app.CustodianHistory.Period;
import org.medseal.ledger.app.GroupState.GroupEpoch;
import org.medseal.ledger.app.LedgerState.Position;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.codec.Domain;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.stake.Membership;
import org.medseal.ledger.stake.MembershipCodec;

/** Canonical form of the state: fourteen parts, each with its number, hashed one by one. */
final class StateCodec {
  private static final int FACTS = 1;
  private static final int POSITION = 2;
  private static final int GROUP = 3;
  private static final int CUSTODIANS = 4;
  private static final int HISTORY = 5;
  private static final int OFFENCES = 6;
  private static final int REGISTRY = 7;
  private static final int STAKES = 8;
  private static final int KEYS = 9;
  private static final int SETS = 10;
  private static final int ATTENDANCE = 11;
  private static final int GOVERNANCE = 12;
  private static final int LOOKUPS = 13;
  private static final int ANCHORS = 14;

  /** Epochs and custodian sets start by a transaction of people: far fewer than this. */
  private static final int PERIODS = 1 << 20;

  private static final int PEAKS = Long.SIZE;

  private StateCodec() {}

  static List<Bytes> parts(LedgerState state) {
    return List.of(
        part(FACTS, out -> writeFacts(out, state.facts())),
        part(POSITION, out -> out.u64(state.position().height()).u64(state.position().timeMs())),
        part(GROUP, out -> writeGroup(out, state.group())),
        part(
            CUSTODIANS,
            out -> out.list(state.custodians().periods(), StateCodec::writeCustodianPeriod)),
        part(HISTORY, out -> writeFrontier(out, state.history())),
        part(OFFENCES, out -> writeOffences(out, state.offences())),
        part(REGISTRY, out -> MembershipCodec.writeRegistry(out, state.membership())),
        part(STAKES, out -> MembershipCodec.writeStakes(out, state.membership())),
        part(KEYS, out -> MembershipCodec.writeKeys(out, state.membership())),
        part(SETS, out -> MembershipCodec.writeSets(out, state.membership())),
        part(ATTENDANCE, out -> MembershipCodec.writeAttendance(out, state.membership())),
        part(GOVERNANCE, out -> MembershipCodec.writeGovernance(out, state.membership())),
        part(LOOKUPS, out -> writeFrontier(out, state.lookups())),
        part(ANCHORS, out -> writeAnchors(out, state.anchors())));
  }

  /** Where the history stands under the state's root. */
  static StateHistory history(LedgerState state) {
    return new StateHistory(state.history(), MerkleTree.prove(parts(state), StateHistory.PART));
  }

  static byte[] encode(LedgerState state) {
    CanonicalWriter out = new CanonicalWriter();
    parts(state).forEach(out::fixed);
    return out.toByteArray();
  }

  static LedgerState decode(byte[] bytes) {
    CanonicalReader in = new CanonicalReader(bytes);
    try {
      LedgerState state =
          new LedgerState(
              readFacts(start(in, FACTS)),
              new Position(start(in, POSITION).u64(), in.u64()),
              readGroup(start(in, GROUP)),
              new CustodianHistory(
                  start(in, CUSTODIANS).list(PERIODS, StateCodec::readCustodianPeriod)),
              readFrontier(start(in, HISTORY)),
              readOffences(start(in, OFFENCES)),
              readMembership(in),
              readFrontier(start(in, LOOKUPS)),
              readAnchors(start(in, ANCHORS)));
      in.end();
      if (!Arrays.equals(encode(state), bytes)) {
        throw new CodecException(Reason.BAD_VALUE, "state in another form than it is written");
      }
      return state;
    } catch (IllegalArgumentException e) {
      throw new CodecException(Reason.BAD_VALUE, "state does not fit together: " + e.getMessage());
    }
  }

  private static Membership readMembership(CanonicalReader in) {
    int[] part = {REGISTRY};
    return MembershipCodec.read(start(in, REGISTRY), () -> start(in, ++part[0]));
  }

  private static Bytes part(int number, Consumer<CanonicalWriter> content) {
    CanonicalWriter out = new CanonicalWriter().domain(Domain.STATE).u8(number);
    content.accept(out);
    return out.toBytes();
  }

  private static CanonicalReader start(CanonicalReader in, int number) {
    if (in.domain(Domain.STATE).u8() != number) {
      throw new CodecException(Reason.BAD_VALUE, "state part " + number + " is missing");
    }
    return in;
  }

  private static void writeFacts(CanonicalWriter out, ChainFacts facts) {
    out.string(facts.chainId()).hash(facts.genesisHash());
    Registries.writeParameters(out, facts.parameters());
    out.string(facts.roles().issuer())
        .string(facts.roles().opener())
        .bytes(facts.roles().groupParameters());
  }

  private static ChainFacts readFacts(CanonicalReader in) {
    return new ChainFacts(
        in.string(Limits.CHAIN_ID),
        in.hash(),
        Registries.readParameters(in),
        new Roles(in.string(Limits.NAME), in.string(Limits.NAME), in.bytes(Limits.GROUP_OBJECT)));
  }

  private static void writeGroup(CanonicalWriter out, GroupState group) {
    out.list(
        group.memberships().values(), (each, joined) -> each.list(joined, Registries::writeMember));
    out.list(
        group.epochs(),
        (each, epoch) ->
            each.u32(epoch.epoch())
                .u64(epoch.startHeight())
                .bytes(epoch.groupPublicKey())
                .list(epoch.credentials(), Registries::writeCredential));
  }

  private static GroupState readGroup(CanonicalReader in) {
    SortedMap<String, List<GroupMember>> memberships = new TreeMap<>();
    for (List<GroupMember> joined :
        in.<List<GroupMember>>list(
            Limits.INSTITUTIONS, each -> each.list(PERIODS, Registries::readMember))) {
      if (joined.isEmpty() || memberships.put(joined.get(0).institution(), joined) != null) {
        throw new CodecException(Reason.BAD_VALUE, "membership without or with a second entry");
      }
    }
    return new GroupState(
        memberships,
        in.list(
            PERIODS,
            each ->
                new GroupEpoch(
                    each.u32(),
                    each.u64(),
                    each.bytes(Limits.GROUP_OBJECT),
                    each.list(Limits.CREDENTIALS, Registries::readCredential))));
  }

  private static void writeCustodianPeriod(CanonicalWriter out, Period period) {
    out.u64(period.startHeight());
    Registries.writeCustodians(out, period.custodians());
  }

  private static Period readCustodianPeriod(CanonicalReader in) {
    return new Period(in.u64(), Registries.readCustodians(in));
  }

  private static void writeFrontier(CanonicalWriter out, MerkleFrontier frontier) {
    out.u64(frontier.size()).list(frontier.peaks(), CanonicalWriter::hash);
  }

  private static MerkleFrontier readFrontier(CanonicalReader in) {
    return new MerkleFrontier(in.u64(), in.list(PEAKS, CanonicalReader::hash));
  }

  private static void writeOffences(CanonicalWriter out, Offences offences) {
    out.list(
        offences.byInstitution().entrySet(),
        (each, entry) -> {
          each.string(entry.getKey())
              .u64(entry.getValue().firstHeight())
              .u64(entry.getValue().lastHeight());
          writeFrontier(each, entry.getValue().evidence());
        });
  }

  private static Offences readOffences(CanonicalReader in) {
    SortedMap<String, Offences.Offence> byInstitution = new TreeMap<>();
    for (Map.Entry<String, Offences.Offence> entry :
        in.list(Limits.INSTITUTIONS, StateCodec::readOffence)) {
      byInstitution.put(entry.getKey(), entry.getValue());
    }
    return new Offences(byInstitution);
  }

  private static Map.Entry<String, Offences.Offence> readOffence(CanonicalReader in) {
    return Map.entry(
        in.string(Limits.NAME), new Offences.Offence(in.u64(), in.u64(), readFrontier(in)));
  }

  private static void writeAnchors(CanonicalWriter out, AuditAnchors anchors) {
    out.list(
        anchors.byInstitution().entrySet(),
        (each, entry) ->
            each.string(entry.getKey())
                .u64(entry.getValue().sequence())
                .hash(entry.getValue().head())
                .u64(entry.getValue().height()));
  }

  private static AuditAnchors readAnchors(CanonicalReader in) {
    SortedMap<String, AuditAnchors.Anchored> byInstitution = new TreeMap<>();
    for (Map.Entry<String, AuditAnchors.Anchored> entry :
        in.list(Limits.INSTITUTIONS, StateCodec::readAnchor)) {
      byInstitution.put(entry.getKey(), entry.getValue());
    }
    return new AuditAnchors(byInstitution);
  }

  private static Map.Entry<String, AuditAnchors.Anchored> readAnchor(CanonicalReader in) {
    return Map.entry(
        in.string(Limits.NAME), new AuditAnchors.Anchored(in.u64(), in.hash(), in.u64()));
  }
}
