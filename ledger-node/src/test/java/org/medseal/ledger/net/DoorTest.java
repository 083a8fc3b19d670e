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
  private long nowMs;
  private final Door door = new Door(() -> INSTITUTIONS, () -> nowMs);

  @Test
  void oneAddressCannotTakeAllThePlacesOfThoseWhoHaveNotGreeted() {
    List<Guest> inside = enter("10.0.0.1", 100);
    assertThat(inside).hasSize(2 * INSTITUTIONS + 4);
    assertThat(enter("10.0.0.2", 1)).hasSize(1);
    inside.get(0).left();
    assertThat(enter("10.0.0.1", 2)).as("a place has become free").hasSize(1);
  }

  @Test
  void allAddressesTogetherAreBoundedUntilTheyGreet() {
    List<Guest> inside = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      inside.addAll(enter("10.0.1." + i, 1));
    }
    assertThat(inside).hasSize(2 * INSTITUTIONS + 16);
    inside.get(0).greeted();
    assertThat(enter("10.0.2.1", 2)).hasSize(1);
  }

  @Test
  void howOftenOneAddressMayKnockIsBounded() {
    int let = 0;
    for (int i = 0; i < 1_000; i++) {
      List<Guest> one = enter("10.0.0.1", 1);
      one.forEach(Guest::left);
      let += one.size();
    }
    assertThat(let).isEqualTo(4 * (2 * INSTITUTIONS + 4));
    nowMs += 1_000;
    assertThat(enter("10.0.0.1", 6)).hasSize(5);
  }

  @Test
  void strangersCannotHoldUpAnAddressFromWhichAPeerCame() {
    enter("10.0.0.1", 1).forEach(Guest::greeted);
    int strangers = 0;
    for (int i = 0; i < 250; i++) {
      List<Guest> one = enter("10.1.0." + i, 1);
      one.forEach(Guest::left);
      strangers += one.size();
    }
    assertThat(strangers).isLessThan(110);
    assertThat(enter("10.2.0.1", 1)).isEmpty();
    assertThat(enter("10.0.0.1", 1)).hasSize(1);
  }

  @Test
  void anIpv6NetworkCountsAsOneAddress() {
    int let = 0;
    for (int i = 0; i < 50; i++) {
      let += enter("2001:db8::" + Integer.toHexString(i + 1), 1).size();
    }
    assertThat(let).isEqualTo(2 * INSTITUTIONS + 4);
    assertThat(enter("2001:db8:0:1::1", 1)).hasSize(1);
  }

  @Test
  void whoeverLeavesTwiceLeavesOnce() {
    List<Guest> inside = enter("10.0.0.1", 12);
    inside.get(0).left();
    inside.get(0).left();
    assertThat(enter("10.0.0.1", 5)).hasSize(1);
  }

  private List<Guest> enter(String address, int times) {
    List<Guest> inside = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Optional<Guest> guest = door.admit(address(address));
      guest.ifPresent(inside::add);
    }
    return inside;
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
