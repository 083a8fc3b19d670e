package org.medseal.bench.dicom;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.medseal.bench.Lasting;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.dicomnet.AePolicy;
import org.medseal.connectors.dicomnet.AssociationLimits;
import org.medseal.connectors.dicomnet.AssociationTimers;
import org.medseal.connectors.dicomnet.ReceivedObject;
import org.medseal.connectors.dicomnet.ScpSettings;
import org.medseal.connectors.dicomnet.StoreScp;
import org.medseal.connectors.dicomnet.StoreStatus;
import org.medseal.connectors.message.Arrival;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.SpoolStream;
import org.medseal.consortium.FreePorts;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;

/** Somebody who takes images on a port of the loopback address, onto a folder. */
record Receiver(String name, int port, Runnable end) implements AutoCloseable {
  private static final long START_NS = TimeUnit.SECONDS.toNanos(60);

  /** Ours, as the route does it: sealed, appended to the inbox, synced, then answered. */
  static Receiver ours(Path folder) throws IOException {
    LocalCipher cipher = new LocalCipher(SecretBytes.copyOf(new byte[32]));
    MessageStore store =
        MessageStore.open(
            folder.resolve("inbox"), folder.resolve("outbox"), cipher, MessageLimits.defaults());
    ExecutorService workers = Executors.newCachedThreadPool();
    ScpSettings settings =
        new ScpSettings(
            loopback(0),
            AePolicy.open(),
            AssociationLimits.defaults(),
            AssociationTimers.defaults(),
            Optional.empty());
    StoreScp scp = new StoreScp(settings, object -> keep(store, object), workers);
    scp.start();
    return new Receiver(
        "ours, encrypted and synced",
        scp.port(),
        () -> {
          scp.close();
          workers.shutdown();
          store.close();
        });
  }

  private static StoreStatus keep(MessageStore store, ReceivedObject object) throws IOException {
    try (SpoolStream spool = store.spool().create()) {
      object.part10().transferTo(spool);
      store.receive(
          new Arrival(
              "dicom",
              Format.DICOM,
              spool.finish(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
      return StoreStatus.SUCCESS;
    }
  }

  /** DCMTK's, one process for each association, in clear to disk, not synced. */
  static Receiver storescp(Path folder) throws IOException, InterruptedException {
    int port = FreePorts.anywhere().take();
    Path into = Files.createDirectories(folder);
    return program(
        "storescp, TCP_NODELAY=1",
        port,
        List.of(
            "/usr/bin/storescp",
            "--fork",
            "-B",
            "--max-pdu",
            "131072",
            "-od",
            into.toString(),
            String.valueOf(port)));
  }

  /** Orthanc with its defaults: parses, indexes in SQLite, in clear to disk. */
  static Receiver orthanc(Path folder) throws IOException, InterruptedException {
    int port = FreePorts.anywhere().take();
    Path config =
        Files.writeString(
            Files.createDirectories(folder).resolve("orthanc.json"),
            """
            { "StorageDirectory": "%1$s/db", "IndexDirectory": "%1$s/db", "Plugins": [],
              "HttpServerEnabled": false, "DicomServerEnabled": true, "DicomPort": %2$d,
              "DicomAlwaysAllowStore": true, "DicomCheckCalledAet": false }
            """
                .formatted(folder, port));
    return program("Orthanc", port, List.of("/usr/sbin/Orthanc", config.toString()));
  }

  private static Receiver program(String name, int port, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")));
    builder.environment().put("TCP_NODELAY", "1");
    Process process = builder.start();
    long begin = System.nanoTime();
    while (!isListening(port)) {
      if (!process.isAlive() || System.nanoTime() - begin > START_NS) {
        throw new IOException(name + " does not listen");
      }
      Lasting.millis(50).pass();
    }
    return new Receiver(name, port, process::destroy);
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public void close() {
    end.run();
  }
}
