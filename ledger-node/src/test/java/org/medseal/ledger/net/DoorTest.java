package org.medseal.ledger.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.net.Door.Guest;

class DoorTest {
  private static final int INSTITUTIONS = 4;
  private static final int PER_ADDRESS = 4 * INSTITUTIONS + 16;
  private static final int STRANGERS = 128 + PER_ADDRESS;

  private long nowMs;
  private int letIn;
  private final Door door = new Door(() -> INSTITUTIONS, () -> nowMs);
  private final List<Integer> hungUp = new ArrayList<>();

  @Test
  void anAddressWhosePlacesAreTakenLosesTheOneItHasHadLongest() {
    crowd("10.0.0.1", PER_ADDRESS);
    assertThat(hungUp).isEmpty();
    crowd("10.0.0.1", 2);
    assertThat(hungUp).containsExactly(0, 1);
    assertThat(door.waiting()).isEqualTo(PER_ADDRESS);
  }

  @Test
  void aPlaceThatWasLeftIsFree() {
    crowd("10.0.0.1", PER_ADDRESS).get(7).left();
    crowd("10.0.0.1", 1);
    assertThat(hungUp).isEmpty();
  }

  @Test
  void withAllPlacesTakenTheAddressThatHoldsMostLosesOne() {
    crowd("10.0.0.9", 1);
    for (int i = 0; door.waiting() < STRANGERS; i++) {
      crowd("10.0.1." + i, 20);
    }
    int fullest = crowd("10.0.1.0", 1).size();
    assertThat(fullest).isEqualTo(1);
    hungUp.clear();
    for (int i = 0; i < 10; i++) {
      crowd("10.0.2." + i, 1);
    }
    assertThat(hungUp).hasSize(10).doesNotContain(0);
    assertThat(hungUp).allMatch(each -> each <= STRANGERS);
    assertThat(door.waiting()).isEqualTo(STRANGERS);
  }

  @Test
  void amongManyWithOnePlaceEachTheLongestThereGoes() {
    for (int i = 0; i < STRANGERS; i++) {
      crowd("10.1." + i / 250 + "." + i % 250, 1);
    }
    crowd("10.9.0.1", 1);
    crowd("10.9.0.2", 1);
    assertThat(hungUp).containsExactly(0, 1);
  }

  @Test
  void howOftenOneAddressMayKnockIsBounded() {
    assertThat(burst("10.0.0.1", 1_000)).isEqualTo(PER_ADDRESS / 2);
    nowMs += 1_000;
    assertThat(burst("10.0.0.1", 1_000)).isEqualTo(10);
  }

  @Test
  void noBurstTurnsAllPlacesOver() {
    int let = 0;
    for (int i = 0; i < 250; i++) {
      let += burst("10.1.0." + i, 1);
    }
    assertThat(let).isEqualTo(50).isLessThan(STRANGERS / 2);
  }

  @Test
  void strangersCannotHoldUpAnAddressFromWhichAPeerCame() {
    enter("10.0.0.1").orElseThrow().identified(2);
    exhaustStrangers();
    assertThat(enter("10.0.0.1")).isPresent();
  }

  @Test
  void strangersCannotHoldUpAnAddressThatTheLedgerNames() {
    door.expect(2, address("10.0.0.1"));
    exhaustStrangers();
    assertThat(enter("10.0.0.1")).isPresent();
    door.expect(2, address("10.0.0.2"));
    assertThat(enter("10.0.0.1")).as("it has moved").isEmpty();
    assertThat(enter("10.0.0.2")).isPresent();
  }

  @Test
  void strangersTakeNoPlaceAtAnAddressThatTheLedgerNames() {
    door.expect(2, address("10.0.0.1"));
    enter("10.0.0.1");
    for (int i = 0; i < 2 * STRANGERS; i++) {
      crowd("10.1." + i / 250 + "." + i % 250, 1);
    }
    assertThat(hungUp).hasSizeGreaterThan(100).doesNotContain(0);
  }

  @Test
  void aPeerWhoseCertificateWasSeenLosesItsPlaceToNobody() {
    enter("10.0.0.1").orElseThrow().identified(2);
    crowd("10.0.0.1", 3 * PER_ADDRESS);
    assertThat(hungUp).isNotEmpty().doesNotContain(0);
  }

  @Test
  void ofOnePeerOnlyTheLatestMayStillHaveToGreet() {
    Guest first = enter("10.0.0.1").orElseThrow();
    first.identified(2);
    Guest second = enter("10.0.0.1").orElseThrow();
    second.identified(2);
    enter("10.0.0.1").orElseThrow().identified(3);
    assertThat(hungUp).containsExactly(0);
    second.greeted();
    enter("10.0.0.1").orElseThrow().identified(2);
    assertThat(hungUp).as("a connection that greeted is not the door's").containsExactly(0);
  }

  @Test
  void ofOnePeerOnlyTheLastAddressesAreRemembered() {
    for (int i = 0; i < 5; i++) {
      enter("10.0.0." + i).orElseThrow().identified(2);
    }
    exhaustStrangers();
    assertThat(enter("10.0.0.0")).isEmpty();
    assertThat(enter("10.0.0.1")).isPresent();
  }

  @Test
  void anIpv6NetworkCountsAsOneAddress() {
    for (int i = 0; i < PER_ADDRESS + 1; i++) {
      crowd("2001:db8::" + Integer.toHexString(i + 1), 1);
    }
    assertThat(hungUp).containsExactly(0);
    crowd("2001:db8:0:1::1", 1);
    assertThat(hungUp).hasSize(1);
  }

  @Test
  void whoeverLeavesTwiceLeavesOnce() {
    List<Guest> inside = crowd("10.0.0.1", 3);
    inside.get(0).left();
    inside.get(0).left();
    assertThat(door.waiting()).isEqualTo(2);
  }

  private void exhaustStrangers() {
    for (int i = 0; i < 250; i++) {
      burst("10.1.0." + i, 1);
    }
    assertThat(enter("10.2.0.1")).isEmpty();
  }

  /** How many of so many at the same moment are let in; all leave again. */
  private int burst(String address, int times) {
    int let = 0;
    for (int i = 0; i < times; i++) {
      Optional<Guest> guest = enter(address);
      guest.ifPresent(Guest::left);
      let += guest.isPresent() ? 1 : 0;
    }
    return let;
  }

  /** So many, slowly enough that each is let in. */
  private List<Guest> crowd(String address, int count) {
    List<Guest> inside = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nowMs += 1_000;
      inside.add(enter(address).orElseThrow());
    }
    return inside;
  }

  private Optional<Guest> enter(String address) {
    int number = letIn;
    Optional<Guest> guest = door.admit(address(address), () -> hungUp.add(number));
    letIn += guest.isPresent() ? 1 : 0;
    return guest;
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
