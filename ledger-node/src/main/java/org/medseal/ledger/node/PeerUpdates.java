package org.medseal.ledger.node;

import java.util.List;
import java.util.Set;
import org.medseal.ledger.app.LedgerApplication;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.net.PeerNetwork;

/** Tells the network who the peers are whenever the ledger has changed it. On the engine thread. */
final class PeerUpdates {
  private final LedgerApplication application;
  private final PeerNetwork network;
  private List<Institution> registered = List.of();
  private Set<String> dismissed = Set.of();

  PeerUpdates(LedgerApplication application, PeerNetwork network) {
    this.application = application;
    this.network = network;
  }

  void look() {
    List<Institution> all = application.registered();
    Set<String> gone = application.dismissed();
    if (!all.equals(registered) || !gone.equals(dismissed)) {
      network.update(all, gone);
      registered = all;
      dismissed = gone;
    }
  }
}
