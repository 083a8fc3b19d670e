package org.medseal.ledger.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;
import org.medseal.ledger.net.NetworkSettings;
import org.medseal.ledger.net.PeerListener;
import org.medseal.ledger.net.PeerNetwork;

/** A second copy of the first institution's node, on its keys, that signs whatever it likes. */
final class Impostor implements PeerListener, AutoCloseable {
  private final Cluster cluster;
  private final PeerNetwork network;
  private final Set<Integer> connected = new ConcurrentSkipListSet<>();

  Impostor(Cluster cluster) {
    this.cluster = cluster;
    this.network =
        new PeerNetwork(
            new NetworkSettings(
                cluster.genesis(),
                0,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                each -> cluster.address(each.name()),
                NetworkSettings.Timing.DEFAULT),
            cluster.keys(0).tls(),
            this);
    network.listen();
    network.connect();
  }

  boolean isConnectedTo(List<Integer> peers) {
    return connected.containsAll(peers);
  }

  /** For two blocks at once. */
  void signsTwice(long height, int index) {
    for (int block = 1; block <= 2; block++) {
      byte[] id = new byte[Hash.LENGTH];
      id[0] = (byte) block;
      Vote unsigned =
          new Vote(
              VoteType.PREVOTE,
              height,
              0,
              Optional.of(new Hash(Bytes.of(id))),
              index,
              Bytes.empty());
      byte[] signature =
          cluster.keys(0).validator().sign(Votes.signBytes(cluster.genesis().chainId(), unsigned));
      network.broadcast(
          new PeerMessage.VoteMessage(
              new Vote(
                  unsigned.type(),
                  height,
                  unsigned.round(),
                  unsigned.blockId(),
                  index,
                  Bytes.of(signature))));
    }
  }

  @Override
  public void onConnected(int peer) {
    connected.add(peer);
  }

  @Override
  public void onDisconnected(int peer) {
    connected.remove(peer);
  }

  @Override
  public boolean isAwaited(int peer, Answer kind) {
    return true;
  }

  @Override
  public void onMessage(int peer, PeerMessage message, Runnable handled) {
    handled.run();
  }

  @Override
  public void close() {
    network.close();
  }
}
