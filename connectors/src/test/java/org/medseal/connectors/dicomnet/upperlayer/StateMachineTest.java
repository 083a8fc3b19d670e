package org.medseal.connectors.dicomnet.upperlayer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of table 9-10 of PS3.8, copied from the standard a second time. */
@SuppressWarnings("EnumOrdinal") // the order is the standard's
class StateMachineTest {
  /** Rows Evt1 to Evt19, columns Sta1 to Sta13. */
  private static final String TABLE =
      """
       AE-1  .     .     .     .     .     .     .     .     .     .     .     .
       .     .     .     AE-2  .     .     .     .     .     .     .     .     .
       .     AA-1  AA-8  .     AE-3  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
       .     AA-1  AA-8  .     AE-4  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
       AE-5  .     .     .     .     .     .     .     .     .     .     .     .
       .     AE-6  AA-8  .     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
       .     .     AE-7  .     .     .     .     .     .     .     .     .     .
       .     .     AE-8  .     .     .     .     .     .     .     .     .     .
       .     .     .     .     .     DT-1  .     AR-7  .     .     .     .     .
       .     AA-1  AA-8  .     AA-8  DT-2  AR-6  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
       .     .     .     .     .     AR-1  .     .     .     .     .     .     .
       .     AA-1  AA-8  .     AA-8  AR-2  AR-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
       .     AA-1  AA-8  .     AA-8  AA-8  AR-3  AA-8  AA-8  AR-10 AR-3  AA-8  AA-6
       .     .     .     .     .     .     .     AR-4  AR-9  .     .     AR-4  .
       .     .     AA-1  AA-2  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  .
       .     AA-2  AA-3  .     AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-2
       .     AA-5  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AR-5
       .     AA-2  .     .     .     .     .     .     .     .     .     .     AA-2
       .     AA-1  AA-8  .     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
      """;

  private static final Set<Effect> SENDING =
      EnumSet.of(
          Effect.SEND_ASSOCIATE_RQ,
          Effect.SEND_ASSOCIATE_AC,
          Effect.SEND_ASSOCIATE_RJ,
          Effect.SEND_PROVIDER_RJ,
          Effect.SEND_DATA,
          Effect.SEND_RELEASE_RQ,
          Effect.SEND_RELEASE_RP,
          Effect.SEND_ABORT_BY_USER,
          Effect.SEND_ABORT_BY_PROVIDER);

  static Stream<Arguments> fields() {
    String[] rows = TABLE.strip().split("\n");
    assertThat(rows).hasSize(Event.values().length);
    return Stream.of(Event.values())
        .flatMap(
            event -> {
              String[] fields = rows[event.ordinal()].strip().split(" +");
              assertThat(fields).hasSize(State.values().length);
              return Stream.of(State.values())
                  .map(state -> Arguments.of(event, state, fields[state.ordinal()]));
            });
  }

  @ParameterizedTest
  @MethodSource("fields")
  void everyFieldOfTheTableIsTheStandards(Event event, State state, String expected) {
    Optional<String> action =
        TransitionTable.action(state, event).map(a -> a.name().replace('_', '-'));
    assertThat(action.orElse("."))
        .as("Evt%d in Sta%d", event.number(), state.ordinal() + 1)
        .isEqualTo(expected);
  }

  @Test
  void anAcceptorsLifeGoesThroughSta2Sta3Sta6Sta8AndSta13() {
    StateMachine machine = new StateMachine(StateMachine.Side.ACCEPTOR);
    assertThat(machine.on(Event.TRANSPORT_INDICATED)).contains(Action.AE_5);
    assertThat(machine.state()).isEqualTo(State.STA2);
    machine.on(Event.ASSOCIATE_RQ_RECEIVED);
    assertThat(machine.state()).isEqualTo(State.STA3);
    machine.on(Event.ASSOCIATE_RESPONSE_ACCEPT);
    machine.on(Event.DATA_RECEIVED);
    machine.on(Event.DATA_REQUEST);
    assertThat(machine.state()).isEqualTo(State.STA6);
    machine.on(Event.RELEASE_RQ_RECEIVED);
    assertThat(machine.on(Event.DATA_REQUEST)).contains(Action.AR_7);
    assertThat(machine.state()).isEqualTo(State.STA8);
    machine.on(Event.RELEASE_RESPONSE);
    assertThat(machine.state()).isEqualTo(State.STA13);
    assertThat(machine.on(Event.TRANSPORT_CLOSED)).contains(Action.AR_5);
    assertThat(machine.state()).isEqualTo(State.STA1);
  }

  @Test
  void inAReleaseCollisionTheSidesPart() {
    assertThat(colliding(StateMachine.Side.REQUESTOR).state()).isEqualTo(State.STA9);
    assertThat(colliding(StateMachine.Side.ACCEPTOR).state()).isEqualTo(State.STA10);
    StateMachine requestor = colliding(StateMachine.Side.REQUESTOR);
    assertThat(requestor.on(Event.RELEASE_RESPONSE)).contains(Action.AR_9);
    assertThat(requestor.on(Event.RELEASE_RP_RECEIVED)).contains(Action.AR_3);
    StateMachine acceptor = colliding(StateMachine.Side.ACCEPTOR);
    assertThat(acceptor.on(Event.RELEASE_RP_RECEIVED)).contains(Action.AR_10);
    assertThat(acceptor.on(Event.RELEASE_RESPONSE)).contains(Action.AR_4);
  }

  private static StateMachine colliding(StateMachine.Side side) {
    StateMachine machine = new StateMachine(side);
    if (side == StateMachine.Side.REQUESTOR) {
      machine.on(Event.ASSOCIATE_REQUEST);
      machine.on(Event.TRANSPORT_CONFIRMED);
      machine.on(Event.ASSOCIATE_AC_RECEIVED);
    } else {
      machine.on(Event.TRANSPORT_INDICATED);
      machine.on(Event.ASSOCIATE_RQ_RECEIVED);
      machine.on(Event.ASSOCIATE_RESPONSE_ACCEPT);
    }
    machine.on(Event.RELEASE_REQUEST);
    machine.on(Event.RELEASE_RQ_RECEIVED);
    return machine;
  }

  @Test
  void aRequestTheProviderRefusesIsRejectedUnderArtim() {
    StateMachine machine = new StateMachine(StateMachine.Side.ACCEPTOR);
    machine.on(Event.TRANSPORT_INDICATED);
    assertThat(machine.onUnacceptableRequest()).contains(Action.AE_6_REJECTED);
    assertThat(machine.state()).isEqualTo(State.STA13);
    assertThat(Action.AE_6_REJECTED.effects())
        .containsExactly(Effect.STOP_ARTIM, Effect.SEND_PROVIDER_RJ, Effect.START_ARTIM);
  }

  @Test
  void anEventThatCannotHappenChangesNothing() {
    StateMachine machine = new StateMachine(StateMachine.Side.ACCEPTOR);
    assertThat(machine.on(Event.DATA_REQUEST)).isEmpty();
    assertThat(machine.state()).isEqualTo(State.STA1);
  }

  /** Tables 9-6 to 9-9: nothing waits for a peer's close without a clock, or stays open. */
  @Test
  void whoeverLeavesForSta13HasArtimRunningAndForSta1ClosesOrWasClosed() {
    for (Action action : Action.values()) {
      boolean sends = action.effects().stream().anyMatch(SENDING::contains);
      if (action.next() == State.STA13 && sends && action != Action.AA_7) {
        assertThat(action.effects()).as(action.name()).contains(Effect.START_ARTIM);
      }
      boolean wasClosed = Set.of(Action.AR_5, Action.AA_4, Action.AA_5).contains(action);
      if (action.next() == State.STA1 && !wasClosed) {
        assertThat(action.effects()).as(action.name()).contains(Effect.CLOSE);
      }
    }
  }
}
