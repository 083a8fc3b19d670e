package org.medseal.connectors.dicomnet.upperlayer;

import java.util.Optional;

/** One association's state. Events in, the action to carry out comes back; one thread calls it. */
public final class StateMachine {
  /** Which side opened the connection; they part in a release collision. */
  public enum Side {
    REQUESTOR,
    ACCEPTOR
  }

  private final Side side;
  private State state = State.STA1;

  public StateMachine(Side side) {
    this.side = side;
  }

  public State state() {
    return state;
  }

  /** Empty where the table has no action: the event cannot happen there, and nothing changes. */
  public Optional<Action> on(Event event) {
    return move(TransitionTable.action(state, event).map(this::bySide));
  }

  /** Evt6 of a request that the provider itself refuses, by its protocol version. */
  public Optional<Action> onUnacceptableRequest() {
    return move(
        TransitionTable.action(state, Event.ASSOCIATE_RQ_RECEIVED)
            .map(action -> action == Action.AE_6 ? Action.AE_6_REJECTED : action));
  }

  private Action bySide(Action action) {
    return action == Action.AR_8 && side == Side.ACCEPTOR ? Action.AR_8_ACCEPTOR : action;
  }

  private Optional<Action> move(Optional<Action> action) {
    action.ifPresent(a -> state = a.next());
    return action;
  }
}
