package org.medseal.ledger.stake;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.api.StakeAccount.Unbonding;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.MembershipChange;

/** Canonical forms of the parts of the membership, for the application's state. */
public final class MembershipCodec {
  private static final int KEY = 32;
  private static final int KEYS = Limits.INSTITUTIONS * (ValidatorKeys.MOST_KEYS + 1);
  private static final int CASES =
      Governance.CLOSED_KEPT + Limits.INSTITUTIONS * Governance.OPEN_EACH;
  private static final int SETS = Evidence.MAX_AGE_BLOCKS + 4;
  private static final int WINDOW_BYTES = 1 << 12;

  private MembershipCodec() {}

  public static void writeRegistry(CanonicalWriter out, Membership membership) {
    out.list(membership.registry().all(), Registries::writeInstitution)
        .list(membership.registry().removed(), CanonicalWriter::string)
        .u32(membership.policy().capPercent());
    Registries.writeStakeParameters(out, membership.policy().stake());
  }

  public static void writeStakes(CanonicalWriter out, Membership membership) {
    out.list(
        membership.stakes().entrySet(),
        (each, entry) -> writeStake(each.string(entry.getKey()), entry.getValue()));
  }

  public static void writeKeys(CanonicalWriter out, Membership membership) {
    out.list(
            membership.keys().bindings().entrySet(),
            (each, entry) ->
                each.fixed(entry.getKey().requireLength(KEY, "validator key"))
                    .string(entry.getValue().institution())
                    .flag(entry.getValue().banned()))
        .list(
            membership.keys().next(),
            (each, waiting) -> each.string(waiting.institution()).fixed(waiting.key()));
  }

  public static void writeSets(CanonicalWriter out, Membership membership) {
    out.list(
        membership.sets().periods(),
        (each, period) ->
            Registries.writeValidators(each.u64(period.fromHeight()), period.validators()));
  }

  public static void writeAttendance(CanonicalWriter out, Membership membership) {
    out.u32(membership.attendance().windowBlocks())
        .list(
            membership.attendance().windows().entrySet(),
            (each, entry) ->
                each.string(entry.getKey())
                    .bytes(entry.getValue().missed())
                    .u32(entry.getValue().count()));
  }

  public static void writeGovernance(CanonicalWriter out, Membership membership) {
    out.list(membership.governance().cases(), MembershipCodec::writeCase);
  }

  /** The parts in their order; {@code next} moves to the following one. */
  public static Membership read(CanonicalReader in, Runnable next) {
    InstitutionRegistry registry =
        new InstitutionRegistry(
            in.list(Limits.INSTITUTIONS, Registries::readInstitution),
            new TreeSet<>(in.<String>list(Limits.INSTITUTIONS, each -> each.string(Limits.NAME))));
    StakePolicy policy = new StakePolicy(in.u32(), Registries.readStakeParameters(in));
    next.run();
    SortedMap<String, Stake> stakes =
        map(in, Limits.INSTITUTIONS, each -> each.string(Limits.NAME), MembershipCodec::readStake);
    next.run();
    ValidatorKeys keys =
        new ValidatorKeys(
            map(
                in,
                KEYS,
                each -> each.fixed(KEY),
                each -> new ValidatorKeys.Binding(each.string(Limits.NAME), each.flag())),
            readWaiting(in));
    next.run();
    ValidatorHistory sets =
        new ValidatorHistory(
            in.list(
                SETS,
                each -> new ValidatorHistory.Period(each.u64(), Registries.readValidators(each))));
    next.run();
    Attendance attendance =
        new Attendance(
            in.u32(),
            map(
                in,
                Limits.INSTITUTIONS,
                each -> each.string(Limits.NAME),
                each -> new Attendance.Window(each.bytes(WINDOW_BYTES), each.u32())));
    next.run();
    Governance governance = new Governance(in.list(CASES, MembershipCodec::readCase));
    return new Membership(registry, policy, stakes, keys, sets, attendance, governance);
  }

  private static <K extends Comparable<K>, V> SortedMap<K, V> map(
      CanonicalReader in,
      int most,
      Function<CanonicalReader, K> key,
      Function<CanonicalReader, V> value) {
    SortedMap<K, V> map = new TreeMap<>();
    List<Map.Entry<K, V>> entries =
        in.list(most, each -> Map.entry(key.apply(each), value.apply(each)));
    for (Map.Entry<K, V> each : entries) {
      if (!map.isEmpty() && map.lastKey().compareTo(each.getKey()) >= 0) {
        throw new CodecException(Reason.BAD_VALUE, "keys of a map do not ascend");
      }
      map.put(each.getKey(), each.getValue());
    }
    return map;
  }

  private static List<ValidatorKeys.Waiting> readWaiting(CanonicalReader in) {
    List<ValidatorKeys.Waiting> waiting =
        in.list(
            Limits.INSTITUTIONS,
            each -> new ValidatorKeys.Waiting(each.string(Limits.NAME), each.fixed(KEY)));
    if (waiting.stream().map(ValidatorKeys.Waiting::institution).distinct().count()
        < waiting.size()) {
      throw new CodecException(Reason.BAD_VALUE, "two keys wait for one institution");
    }
    return waiting;
  }

  private static void writeStake(CanonicalWriter out, Stake stake) {
    out.u64(stake.free())
        .u64(stake.bonded())
        .u64(stake.leaving())
        .list(stake.unbonding(), (each, entry) -> each.u64(entry.units()).u64(entry.releaseMs()))
        .u64(stake.slashed())
        .u64(stake.retired())
        .optional(stake.jailedUntilMs(), CanonicalWriter::u64);
  }

  private static Stake readStake(CanonicalReader in) {
    return new Stake(
        in.u64(),
        in.u64(),
        in.u64(),
        in.list(Stake.MOST_UNBONDINGS, each -> new Unbonding(each.u64(), each.u64())),
        in.u64(),
        in.u64(),
        in.optional(CanonicalReader::u64));
  }

  private static void writeCase(CanonicalWriter out, GovernanceCase each) {
    out.hash(each.id()).string(each.proposer()).u64(each.createdAtMs()).u64(each.deadlineMs());
    MembershipActions.writeChange(out, each.change());
    out.list(
            each.votes().entrySet(),
            (vote, entry) -> vote.string(entry.getKey()).flag(entry.getValue()))
        .u8(each.state().code())
        .string(each.outcome());
  }

  private static GovernanceCase readCase(CanonicalReader in) {
    Hash id = in.hash();
    String proposer = in.string(Limits.NAME);
    long createdAtMs = in.u64();
    long deadlineMs = in.u64();
    MembershipChange change = MembershipActions.readChange(in);
    SortedMap<String, Boolean> votes =
        map(in, Limits.INSTITUTIONS, each -> each.string(Limits.NAME), CanonicalReader::flag);
    return new GovernanceCase(
        id,
        proposer,
        createdAtMs,
        deadlineMs,
        change,
        votes,
        readState(in.u8()),
        in.string(Limits.REASON));
  }

  private static GovernanceCase.State readState(int code) {
    for (GovernanceCase.State each : GovernanceCase.State.values()) {
      if (each.code() == code) {
        return each;
      }
    }
    throw new CodecException(Reason.BAD_VALUE, "unknown state " + code + " of a proposal");
  }
}
