package org.medseal.group;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.group.GroupParameters;
import org.medseal.crypto.group.Issuer;
import org.medseal.crypto.group.JoinCommitment;
import org.medseal.group.GroupException.Reason;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Institution;
import org.medseal.requests.ActingKeys;
import org.medseal.requests.InstitutionLedger;
import org.medseal.requests.InstitutionLedger.Submitted;
import org.medseal.requests.Intention;
import org.medseal.users.Session;

/**
 * Joining the signing group, and the issuer's side: a new epoch with a fresh key of its own. That
 * key is forgotten when the epoch is signed, since nobody needs it again.
 */
public final class SigningGroup {
  private static final int FIRST_EPOCH = 1;
  private static final int NONCE_BYTES = 32;

  private final InstitutionLedger acting;
  private final ActingKeys keys;
  private final SecureRandom random = new SecureRandom();

  public SigningGroup(InstitutionLedger acting, ActingKeys keys) {
    this.acting = acting;
    this.keys = keys;
  }

  public GroupView view() {
    return GroupReading.of(acting.ledger().genesis(), acting.ledger().view());
  }

  /** ALREADY_JOINED when the ledger has this institution's commitment. */
  public Submitted join(Intention intention) {
    Genesis genesis = acting.ledger().genesis();
    LedgerView view = acting.ledger().view();
    GroupParameters parameters = GroupParameters.decode(genesis.groupParameters().toArray());
    Bytes commitment = Bytes.of(keys.member().commitmentBytes(parameters));
    Institution own =
        view.institution(acting.ledger().institution())
            .orElseThrow(
                () ->
                    new GroupException(
                        Reason.BAD_REQUEST, "The consortium has to admit this institution first."));
    if (view.memberships(own.name()).stream()
        .anyMatch(each -> each.commitment().equals(commitment))) {
      throw new GroupException(
          Reason.ALREADY_JOINED,
          "This institution has joined; the issuer's next epoch makes it a member.");
    }
    return acting.submit(
        new Action.MemberJoin(signed(genesis.chainId(), own, parameters)), intention);
  }

  private GroupMember signed(String chainId, Institution own, GroupParameters parameters) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    JoinCommitment made =
        keys.member()
            .join(
                parameters,
                Registries.groupId(chainId),
                Registries.memberCertificate(own),
                nonce,
                random);
    GroupMember unsigned = member(own.name(), made, nonce, new byte[64]);
    byte[] signature = keys.signing().sign(Transactions.groupMemberSignBytes(chainId, unsigned));
    return member(own.name(), made, nonce, signature);
  }

  private static GroupMember member(
      String institution, JoinCommitment made, byte[] nonce, byte[] signature) {
    return new GroupMember(
        institution,
        Bytes.of(made.c48()),
        Bytes.of(made.proof()),
        Bytes.of(nonce),
        Bytes.of(signature));
  }

  /**
   * Who changes with an epoch.
   *
   * @param revoke members now; they cannot sign from its block on
   * @param readmit revoked in an earlier epoch; nobody else comes back
   */
  public record Change(Set<String> revoke, Set<String> readmit) {
    public Change {
      revoke = Set.copyOf(revoke);
      readmit = Set.copyOf(readmit);
    }
  }

  /** An epoch that was submitted, with its members. */
  public record Started(int epoch, List<String> members, Submitted submitted) {
    public Started {
      members = List.copyOf(members);
    }
  }

  /**
   * Starts the next epoch: with the present members, with whoever joined and never was one, without
   * the revoked. NOT_THE_ISSUER, ISSUER_KEY_NEEDED, BAD_REQUEST.
   */
  public Started startEpoch(Session session, Change change, Intention intention) {
    Genesis genesis = acting.ledger().genesis();
    if (!genesis.issuer().equals(acting.ledger().institution())) {
      throw new GroupException(
          Reason.NOT_THE_ISSUER, "Epochs are started at " + genesis.issuer() + ", the issuer.");
    }
    GroupParameters parameters = GroupParameters.decode(genesis.groupParameters().toArray());
    requireIssuerKey(session, genesis, parameters);
    GroupView group = view();
    Set<String> members = members(group, change);
    int epoch = group.epoch() + 1;
    try (Issuer issuer = Issuer.forEpoch(parameters, epoch, random)) {
      List<EpochCredential> credentials = new ArrayList<>();
      for (String each : members) {
        GroupMember member = acting.ledger().view().member(each).orElseThrow();
        byte[] credential = issuer.issue(member.commitment().toArray(), random).encoded();
        credentials.add(new EpochCredential(each, Bytes.of(credential)));
      }
      Bytes publicKey = Bytes.of(issuer.publicKey().encoded());
      Submitted submitted =
          acting.submit(new Action.EpochStart(epoch, publicKey, credentials), intention);
      return new Started(epoch, List.copyOf(members), submitted);
    }
  }

  private static Set<String> members(GroupView group, Change change) {
    Set<String> members = new TreeSet<>();
    Set<String> now = named(group, GroupView.State.MEMBER);
    Set<String> once = named(group, GroupView.State.REVOKED);
    if (!now.containsAll(change.revoke())) {
      throw badRequest("Only members can be revoked.");
    }
    if (!once.containsAll(change.readmit())) {
      throw badRequest("Only institutions that were members can be readmitted.");
    }
    members.addAll(now);
    members.addAll(named(group, GroupView.State.JOINED));
    members.addAll(change.readmit());
    members.removeAll(change.revoke());
    if (members.isEmpty()) {
      throw badRequest("An epoch needs a member.");
    }
    return members;
  }

  /** Of those who still belong to the consortium. */
  private static Set<String> named(GroupView group, GroupView.State state) {
    Set<String> names = new TreeSet<>();
    group.members().stream()
        .filter(each -> each.present() && each.state() == state)
        .forEach(each -> names.add(each.institution()));
    return names;
  }

  /** The first epoch's: it shows who the issuer's person is, and signs nothing any more. */
  private static void requireIssuerKey(
      Session session, Genesis genesis, GroupParameters parameters) {
    boolean holds =
        session.keys().issuer().map(gamma -> isIssuerKey(gamma, genesis, parameters)).orElse(false);
    if (!holds) {
      throw new GroupException(
          Reason.ISSUER_KEY_NEEDED, "This session does not hold the issuer's key.");
    }
  }

  private static boolean isIssuerKey(
      SecretBytes gamma, Genesis genesis, GroupParameters parameters) {
    try (Issuer issuer = Issuer.fromSecret(parameters, FIRST_EPOCH, gamma)) {
      return Bytes.of(issuer.publicKey().encoded()).equals(genesis.groupPublicKey());
    } catch (CryptoException malformed) {
      return false;
    }
  }

  private static GroupException badRequest(String message) {
    return new GroupException(Reason.BAD_REQUEST, message);
  }
}
