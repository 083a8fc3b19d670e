package org.medseal.bench.blob;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.bench.HomeNode;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.RuleReport;
import org.medseal.connectors.record.RecordStream;
import org.medseal.connectors.seal.RecordSealer;
import org.medseal.connectors.seal.RecordSource;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.medseal.crypto.keystore.KeyFile;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;
import org.medseal.home.RoleKey;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.node.LedgerNode;

/**
 * One node process, driven by lines: {@code seal bytes seed}, {@code state id}, {@code open id
 * passphraseFile}, {@code heap}; the end of the input closes it. Arguments: home, position in the
 * genesis.
 */
final class BigPayloadNode {
  private static final int EXPIRY_BLOCKS = 2_000;

  private final Home home;
  private final LedgerNode node;
  private final RecordSealer sealer;

  private BigPayloadNode(Home home, LedgerNode node, RecordSealer sealer) {
    this.home = home;
    this.node = node;
    this.sealer = sealer;
  }

  public static void main(String[] arguments) throws IOException {
    try (HomeNode opened = HomeNode.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
      LedgerNode node = opened.node();
      node.start();
      RecordSealer sealer =
          new RecordSealer(
              node,
              new RecordSealer.Keys(
                  opened.keyring().memberSecret(), opened.keyring().eraseKey(), EXPIRY_BLOCKS),
              new SecureRandom(),
              InstantSource.system());
      new BigPayloadNode(opened.home(), node, sealer).serve();
    }
  }

  private void serve() throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("UP");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      out.println(
          switch (words[0]) {
            case "seal" -> seal(Long.parseLong(words[1]), Long.parseLong(words[2]));
            case "state" -> state(Hash.fromHex(words[1]));
            case "open" -> open(Hash.fromHex(words[1]), Path.of(words[2]));
            case "heap" -> heap();
            default -> throw new IllegalArgumentException(line);
          });
    }
  }

  private String seal(long sizeBytes, long seed) {
    RecordSource source =
        new RecordSource(
            Format.DICOM,
            "application/dicom",
            List.of(),
            new RuleReport("bench", new TreeMap<>()),
            sizeBytes,
            () -> new SyntheticDocument(seed, sizeBytes));
    IdentifiedTransaction sealed = sealer.seal(source, 1);
    Verdict verdict = node.submit(sealed.transaction());
    if (!verdict.isOk()) {
      throw new IllegalStateException(verdict.toString());
    }
    return sealed.id().hex();
  }

  /** On the ledger here, and whole here, a word each. */
  private String state(Hash id) {
    return node.find(id).isPresent() + " " + (node.blobs().status().kept() == 1);
  }

  /** SHA-256 of the document, as the custodian opens it on this node. */
  private String open(Hash id, Path passphraseFile) throws IOException {
    CommittedTransaction committed = node.find(id).orElseThrow();
    RecordTransaction record = (RecordTransaction) committed.transaction();
    byte[] header = Transactions.headerBytes(record.witness().header());
    try (KeyFile keys =
            KeyFile.open(RoleKey.CUSTODIAN.file(home), Passphrase.read(passphraseFile));
        Sm2PrivateKey custodian = Sm2PrivateKey.fromScalar(keys.get(RoleKey.CUSTODIAN.entry()));
        SecretBytes dataKey = custodian.unwrap(record.witness().wrappedKeys().get(0).toArray())) {
      RecordCipher.requireCommitment(
          dataKey,
          record.witness().header().salt().toArray(),
          header,
          record.core().keyCommitment().toArray());
      Payload.Blob blob = (Payload.Blob) record.witness().payload();
      return sha256(
          RecordStream.open(RecordCipher.opening(dataKey, header, node.blobs().open(blob))));
    }
  }

  static String sha256(InputStream document) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(document, MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Largest heap this process may have, sum of its pools' peaks, largest resident set; in MiB. */
  private static String heap() throws IOException {
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    Optional<String> resident =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .map(line -> line.replaceAll("\\D", ""))
            .findFirst();
    return (Runtime.getRuntime().maxMemory() >> 20)
        + " "
        + (peak >> 20)
        + " "
        + resident.map(kib -> Long.parseLong(kib) >> 10).orElse(0L);
  }
}
