package org.medseal.ledger.genesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.app.TestConsortium;
import org.medseal.ledger.genesis.GenesisException.Reason;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;

class GenesisRulesTest {
  private static Genesis four;
  private static Genesis three;
  private static Genesis stranger;

  @BeforeAll
  static void setUpConsortiums() {
    four = new TestConsortium(4).genesis();
    three = new TestConsortium(3).genesis();
    stranger = new TestConsortium(4).genesis();
  }

  private static void assertUnsound(Genesis genesis, String naming) {
    assertThatExceptionOfType(GenesisException.class)
        .isThrownBy(() -> GenesisFile.validate(genesis))
        .withMessageContaining(naming)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNSOUND));
  }

  @Test
  void consortiumsOfAnySizeAreSound() {
    assertThatNoException().isThrownBy(() -> GenesisFile.validate(four));
    assertThatNoException().isThrownBy(() -> GenesisFile.validate(three));
    assertThatNoException().isThrownBy(() -> GenesisFile.validate(new TestConsortium(1).genesis()));
  }

  @Test
  void namesAreNamesAndUnique() {
    assertUnsound(withInstitution(named(four.institutions().get(0), "St. Mary's")), "[0].name");
    assertUnsound(withInstitution(named(four.institutions().get(0), "hospital-2")), "name");
    assertUnsound(with(four, "Chain 1"), "chainId");
  }

  @Test
  void keysPinsAndAddressesAreNotShared() {
    Institution first = four.institutions().get(0);
    Institution second = four.institutions().get(1);
    assertUnsound(
        withInstitution(keys(first, second.signingKey(), first.validatorKey())), "signingKey");
    assertUnsound(
        withInstitution(keys(first, first.signingKey(), first.signingKey())), "signingKey");
    assertUnsound(
        withInstitution(
            new Institution(
                first.name(),
                first.signingKey(),
                second.grantKey(),
                first.validatorKey(),
                first.tlsPin(),
                first.peerAddress(),
                10)),
        "grantKey");
    assertUnsound(
        withInstitution(
            new Institution(
                first.name(),
                first.signingKey(),
                first.grantKey(),
                first.validatorKey(),
                second.tlsPin(),
                first.peerAddress(),
                10)),
        "tlsPin");
    assertUnsound(withInstitution(at(first, second.peerAddress(), 10)), "peerAddress");
  }

  @Test
  void keysAreKeys() {
    Institution first = four.institutions().get(0);
    Bytes zero = Bytes.of(new byte[32]);
    assertUnsound(withInstitution(keys(first, zero, first.validatorKey())), "[0].signingKey");
    assertUnsound(withInstitution(keys(first, first.signingKey(), zero)), "[0].validatorKey");
    assertUnsound(
        withInstitution(
            new Institution(
                first.name(),
                first.signingKey(),
                Bytes.of(new byte[65]),
                first.validatorKey(),
                first.tlsPin(),
                first.peerAddress(),
                10)),
        "[0].grantKey");
  }

  @Test
  void anAddressIsHostAndPort() {
    assertUnsound(withInstitution(at(four.institutions().get(0), "localhost", 10)), "peerAddress");
    assertThatNoException()
        .isThrownBy(
            () ->
                GenesisFile.validate(
                    withInstitution(at(four.institutions().get(0), "[::1]:7501", 10))));
  }

  @Test
  void stakeIsPositiveAndWithinTheCap() {
    Institution first = four.institutions().get(0);
    assertUnsound(withInstitution(at(first, first.peerAddress(), 0)), "stake");
    assertUnsound(withInstitution(at(first, first.peerAddress(), 11)), "stake of hospital-1");
    assertUnsound(withInstitution(at(first, first.peerAddress(), Long.MAX_VALUE)), "stake");
  }

  @Test
  void capAndAnonymitySetAreOffBelowFourInstitutionsAndOnFromThere() {
    assertUnsound(with(three, new Parameters(0, 25, 2048, 16_384, 50, 2)), "stakeCapPercent");
    assertUnsound(with(three, new Parameters(2, 0, 2048, 16_384, 50, 2)), "smallestAnonymitySet");
    assertUnsound(with(four, new Parameters(2, 0, 2048, 16_384, 50, 2)), "stakeCapPercent");
    assertUnsound(with(four, new Parameters(2, 34, 2048, 16_384, 50, 2)), "stakeCapPercent");
    assertUnsound(with(four, new Parameters(0, 25, 2048, 16_384, 50, 2)), "smallestAnonymitySet");
    assertUnsound(with(four, new Parameters(5, 25, 2048, 16_384, 50, 2)), "smallestAnonymitySet");
  }

  @Test
  void aBlockHoldsARecordOfFullSize() {
    assertUnsound(with(four, new Parameters(2, 25, 16_384, 16_384, 50, 2)), "maxBlockBytes");
    assertUnsound(with(four, new Parameters(2, 25, 0, 16_384, 50, 2)), "inlineLimitBytes");
    assertUnsound(with(four, new Parameters(2, 25, 2048, 16_384, 0, 2)), "maxExpiryBlocks");
  }

  @Test
  void issuerAndOpenerAreInstitutions() {
    assertUnsound(roles("hospital-9", "hospital-2"), "issuer");
    assertUnsound(roles("hospital-1", "hospital-9"), "opener");
  }

  @Test
  void custodiansAreInstitutionsWithPoints() {
    Bytes point = TestConsortium.newSm2Point();
    assertUnsound(custodians(1, new CustodianKey("hospital-9", point)), "custodians.keys[0]");
    assertUnsound(custodians(2, new CustodianKey("hospital-1", point)), "custodians.version");
    assertUnsound(
        custodians(1, new CustodianKey("hospital-1", Bytes.of(new byte[65]))), "sm2Point");
    assertUnsound(
        custodians(1, new CustodianKey("hospital-1", point), new CustodianKey("hospital-2", point)),
        "custodians.keys[1]");
  }

  @Test
  void groupKeysAreOfThisChainAndEpoch() {
    assertUnsound(group(four, stranger.groupParameters(), four.groupPublicKey()), "groupPublicKey");
    assertUnsound(group(four, four.groupParameters(), stranger.groupPublicKey()), "groupPublicKey");
    assertUnsound(group(four, Bytes.fromHex("00"), four.groupPublicKey()), "groupParameters");
    assertUnsound(group(four, four.groupParameters(), Bytes.fromHex("00")), "groupPublicKey");
    assertUnsound(with(four, "other-chain"), "groupParameters");
  }

  @Test
  void membersAreProvenUniqueInstitutions() {
    List<GroupMember> members = four.members();
    assertUnsound(members(replaced(members, 3, stranger.members().get(3))), "members[3]");
    assertUnsound(members(replaced(members, 1, members.get(0))), "members[1].institution");
    GroupMember second = members.get(1);
    assertUnsound(
        members(
            replaced(
                members,
                1,
                new GroupMember(
                    "hospital-2",
                    members.get(0).commitment(),
                    second.proof(),
                    second.nonce(),
                    second.signature()))),
        "members[1].commitment");
    assertUnsound(
        members(
            replaced(
                members,
                1,
                new GroupMember(
                    "hospital-2",
                    second.commitment(),
                    second.proof(),
                    second.nonce(),
                    members.get(0).signature()))),
        "members[1]");
  }

  @Test
  void credentialsVerifyForTheirMembers() {
    List<EpochCredential> credentials = four.credentials();
    assertUnsound(
        credentials(replaced(credentials, 2, stranger.credentials().get(2))), "credentials[2]");
    assertUnsound(
        credentials(
            replaced(
                credentials,
                2,
                new EpochCredential("hospital-3", credentials.get(1).credential()))),
        "credentials[2]");
    assertUnsound(
        credentials(replaced(credentials, 2, credentials.get(1))), "credentials[2].institution");
    assertUnsound(
        credentials(
            replaced(
                credentials,
                2,
                new EpochCredential("hospital-9", credentials.get(2).credential()))),
        "credentials[2].institution");
    assertUnsound(credentials(List.of()), "");
  }

  @Test
  void everyFieldChangesTheHash() {
    assertThat(
            List.of(
                GenesisFile.hash(four),
                GenesisFile.hash(stranger),
                GenesisFile.hash(with(four, "other-chain")),
                GenesisFile.hash(roles("hospital-1", "hospital-3")),
                GenesisFile.hash(with(four, new Parameters(3, 25, 2048, 16_384, 50, 2)))))
        .doesNotHaveDuplicates();
  }

  private static <T> List<T> replaced(List<T> all, int index, T value) {
    List<T> copy = new ArrayList<>(all);
    copy.set(index, value);
    return copy;
  }

  private static Institution named(Institution from, String name) {
    return new Institution(
        name,
        from.signingKey(),
        from.grantKey(),
        from.validatorKey(),
        from.tlsPin(),
        from.peerAddress(),
        from.stake());
  }

  private static Institution keys(Institution from, Bytes signing, Bytes validator) {
    return new Institution(
        from.name(),
        signing,
        from.grantKey(),
        validator,
        from.tlsPin(),
        from.peerAddress(),
        from.stake());
  }

  private static Institution at(Institution from, String address, long stake) {
    return new Institution(
        from.name(),
        from.signingKey(),
        from.grantKey(),
        from.validatorKey(),
        from.tlsPin(),
        address,
        stake);
  }

  /** With another first institution. */
  private static Genesis withInstitution(Institution first) {
    return with(four, change -> change.institutions = replaced(four.institutions(), 0, first));
  }

  private static Genesis with(Genesis genesis, String chainId) {
    return with(genesis, change -> change.chainId = chainId);
  }

  private static Genesis with(Genesis genesis, Parameters parameters) {
    return with(genesis, change -> change.parameters = parameters);
  }

  private static Genesis roles(String issuer, String opener) {
    return with(
        four,
        change -> {
          change.issuer = issuer;
          change.opener = opener;
        });
  }

  private static Genesis custodians(int version, CustodianKey... keys) {
    return with(four, change -> change.custodians = new CustodianSet(version, List.of(keys)));
  }

  private static Genesis group(Genesis genesis, Bytes parameters, Bytes key) {
    return with(
        genesis,
        change -> {
          change.groupParameters = parameters;
          change.groupPublicKey = key;
        });
  }

  private static Genesis members(List<GroupMember> members) {
    return with(four, change -> change.members = members);
  }

  private static Genesis credentials(List<EpochCredential> credentials) {
    return with(four, change -> change.credentials = credentials);
  }

  private static Genesis with(Genesis genesis, Consumer<Change> change) {
    Change copy = new Change(genesis);
    change.accept(copy);
    return copy.genesis(genesis.timeMs());
  }

  private static final class Change {
    private String chainId;
    private List<Institution> institutions;
    private Bytes groupParameters;
    private Bytes groupPublicKey;
    private List<GroupMember> members;
    private List<EpochCredential> credentials;
    private String issuer;
    private String opener;
    private CustodianSet custodians;
    private Parameters parameters;

    private Change(Genesis from) {
      chainId = from.chainId();
      institutions = from.institutions();
      groupParameters = from.groupParameters();
      groupPublicKey = from.groupPublicKey();
      members = from.members();
      credentials = from.credentials();
      issuer = from.issuer();
      opener = from.opener();
      custodians = from.custodians();
      parameters = from.parameters();
    }

    private Genesis genesis(long timeMs) {
      return new Genesis(
          chainId,
          timeMs,
          institutions,
          groupParameters,
          groupPublicKey,
          members,
          credentials,
          issuer,
          opener,
          custodians,
          parameters);
    }
  }
}
