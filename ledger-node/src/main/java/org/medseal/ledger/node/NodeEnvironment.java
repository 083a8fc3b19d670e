package org.medseal.ledger.node;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.EngineLog;
import org.medseal.ledger.engine.embedded.Environment;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.SignState;
import org.medseal.ledger.engine.embedded.Signer;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.net.PeerNetwork;
import org.medseal.ledger.store.LedgerFiles;

/** The engine's outside: this machine. */
record NodeEnvironment(EngineThread thread, PeerNetwork network, LedgerFiles files, Signer signer)
    implements Environment {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Override
  public long nowMs() {
    return System.currentTimeMillis();
  }

  @Override
  public long monotonicMs() {
    return EngineThread.monotonicMs();
  }

  @Override
  public void startTimer(TimerId id, long delayMs) {
    thread.startTimer(id, delayMs);
  }

  @Override
  public void send(int peer, PeerMessage message) {
    network.send(peer, message);
  }

  @Override
  public void broadcast(PeerMessage message) {
    network.broadcast(message);
  }

  @Override
  public void ban(int peer, long forMs) {
    network.ban(peer, forMs);
  }

  @Override
  public RandomGenerator random() {
    return RANDOM;
  }

  @Override
  public EngineLog log() {
    return files.log();
  }

  @Override
  public SignState signState() {
    return files.signState();
  }

  @Override
  public SilenceMark silence() {
    return files.silence();
  }

  @Override
  public BlockStore blocks() {
    return files.blocks();
  }
}
