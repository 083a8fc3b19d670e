package org.medseal.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditTrail;
import org.medseal.users.UserStore;

/** Callers that let the server wait, over real sockets; and those it lets wait. */
@Timeout(120)
class SlowCallersTest {
  private static final int BODY_BYTES = 4096;
  private static final int CONNECTIONS = 12;
  private static final int DOCUMENTS = 3;

  /** More than sockets and queues between server and client hold. */
  private static final int LARGE = 64 << 20;

  private static final Duration SOON = Duration.ofMillis(400);
  private static final Duration NEVER = Duration.ofMinutes(10);

  private @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<Socket> open = new ArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch bodiesClosed = new CountDownLatch(DOCUMENTS);
  private UserStore users;
  private AuditTrail audit;
  private int port;

  @BeforeEach
  void openPeople() {
    users = UserStore.open(folder.resolve("people"));
    audit = AuditTrail.open(folder.resolve("audit"));
  }

  @AfterEach
  void close() throws Exception {
    released.countDown();
    for (Socket each : open) {
      each.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    users.close();
    audit.close();
  }

  private void listen(Patience patience) throws Exception {
    port =
        new HttpFront(new CallRunner(users.sessions(), audit), calls(), BODY_BYTES, patience)
            .server(vertx, new HttpServerOptions())
            .listen(0, AdminSettings.LOOPBACK)
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS)
            .actualPort();
  }

  private static Patience patience(Duration request, Duration body, Duration reader) {
    return new Patience(request, body, reader, CONNECTIONS, DOCUMENTS);
  }

  private List<Call> calls() {
    return List.of(
        call("/observe/quick", () -> Answer.json(Json.object())),
        call("/observe/long", this::answerWhenReleased),
        call("/observe/document", () -> Answer.streamed("application/dicom", document())));
  }

  private interface Work {
    Answer answer();
  }

  private static Call call(String path, Work work) {
    return new Call(
        path.endsWith("quick") ? "POST" : "GET",
        path,
        Access.localOrLoggedIn(),
        AuditAction.CALL,
        exchange -> work.answer());
  }

  private Answer answerWhenReleased() {
    begun.countDown();
    try {
      assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answer.json(Json.object().put("done", true));
  }

  private InputStream document() {
    return new InputStream() {
      private int left = LARGE;

      @Override
      public int read() {
        return left-- > 0 ? 1 : -1;
      }

      @Override
      public int read(byte[] to, int offset, int length) {
        int count = Math.min(length, left);
        left -= count;
        return count == 0 ? -1 : count;
      }

      @Override
      public void close() {
        bodiesClosed.countDown();
      }
    };
  }

  private Socket caller() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    open.add(socket);
    return socket;
  }

  private Socket caller(String head) throws IOException {
    Socket socket = caller();
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    return socket;
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: here\r\n\r\n";
  }

  private static String post(String headers) {
    return "POST /observe/quick HTTP/1.1\r\nHost: here\r\n" + headers + "\r\n\r\n";
  }

  /**
   * Sends a byte whenever the server has said nothing for a moment, until it ends the connection.
   */
  private static String trickle(Socket socket, String each) throws IOException {
    socket.setSoTimeout(20);
    StringBuilder answer = new StringBuilder();
    byte[] part = new byte[4096];
    while (true) {
      try {
        int count = socket.getInputStream().read(part);
        if (count < 0) {
          return answer.toString();
        }
        answer.append(new String(part, 0, count, US_ASCII));
      } catch (SocketTimeoutException nothingYet) {
        try {
          socket.getOutputStream().write(each.getBytes(US_ASCII));
        } catch (SocketException ended) {
          return answer.toString();
        }
      } catch (SocketException ended) {
        return answer.toString();
      }
    }
  }

  private static String firstLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read();
        c >= 0 && c != '\n';
        c = socket.getInputStream().read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static boolean isEnded(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void whoNeverFinishesAHeadIsShownOut() throws Exception {
    listen(patience(SOON, NEVER, NEVER));
    assertThat(trickle(caller("GET /observe/quick HTTP/1.1\r\nX: "), "x")).isEmpty();
    assertThat(isEnded(caller())).isTrue();
  }

  @Test
  void whoNeverFinishesABodyIsShownOut() throws Exception {
    listen(patience(NEVER, SOON, NEVER));
    assertThat(trickle(caller(post("Content-Length: 4000")), "x")).isEmpty();
    assertThat(trickle(caller(post("Transfer-Encoding: chunked")), "1\r\nx\r\n")).isEmpty();
  }

  @Test
  void whoSendsMoreThanIsTakenIsToldSoAndShownOut() throws Exception {
    listen(patience(NEVER, NEVER, NEVER));
    assertThat(trickle(caller(post("Content-Length: 9000000000")), "x"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(
            trickle(
                caller(post("Transfer-Encoding: chunked")), "800\r\n" + "x".repeat(2048) + "\r\n"))
        .startsWith("HTTP/1.1 413 ");
  }

  /** How long is told by a caller that came later and has been shown out since. */
  @Test
  void whoWaitsForTheServerIsLeftInPeace() throws Exception {
    listen(patience(SOON, SOON, SOON));
    Socket waiting = caller(get("/observe/long"));
    assertThat(isEnded(caller())).isTrue();
    assertThat(isEnded(caller())).isTrue();
    released.countDown();
    assertThat(firstLine(waiting)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(trickle(waiting, "")).contains("{\"done\":true}");
  }

  @Test
  void readersThatDoNotReadHoldNoThreadAndGiveWay() throws Exception {
    listen(patience(NEVER, NEVER, NEVER));
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      slow.add(caller(get("/observe/document")));
      assertThat(firstLine(slow.get(i))).isEqualTo("HTTP/1.1 200 OK");
    }
    for (int i = 0; i < DOCUMENTS; i++) {
      assertThat(wholeDocument()).isEqualTo(LARGE);
    }
    int whole = 0;
    for (Socket each : slow) {
      whole += isWhole(each) ? 1 : 0;
    }
    assertThat(whole).as("one gave way, the others may read on").isEqualTo(DOCUMENTS - 1);
  }

  private static boolean isWhole(Socket socket) {
    try {
      return Chunks.sizeOf(socket.getInputStream()) == LARGE;
    } catch (IOException cutOff) {
      return false;
    }
  }

  /** Too busy at that moment is an answer, too: the readers have not come to a halt yet. */
  private long wholeDocument() throws IOException {
    while (true) {
      Socket socket = caller(get("/observe/document"));
      if (firstLine(socket).equals("HTTP/1.1 200 OK")) {
        return Chunks.sizeOf(socket.getInputStream());
      }
      socket.close();
    }
  }

  @Test
  void aReaderThatHasStoppedReadingIsGivenUp() throws Exception {
    listen(patience(NEVER, NEVER, SOON));
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      slow.add(caller(get("/observe/document")));
    }
    assertThat(bodiesClosed.await(60, TimeUnit.SECONDS)).isTrue();
    for (Socket each : slow) {
      assertThatThrownBy(() -> write(each)).isInstanceOf(SocketException.class);
    }
  }

  /** Fails only if the other side has really closed. */
  private static void write(Socket socket) throws IOException {
    for (int i = 0; i < 20_000; i++) {
      socket.getOutputStream().write('x');
    }
  }

  @Test
  void whenAllPlacesAreTakenTheOneThatHasLetWaitLongestGivesWay() throws Exception {
    listen(patience(NEVER, NEVER, NEVER));
    Socket waiting = caller(get("/observe/long"));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      idle.add(caller());
    }
    assertThat(firstLine(caller(post("Content-Length: 0")))).isEqualTo("HTTP/1.1 200 OK");
    assertThat(isEnded(idle.get(0))).isTrue();
    assertThat(isEnded(idle.get(1))).isTrue();
    released.countDown();
    assertThat(firstLine(waiting)).isEqualTo("HTTP/1.1 200 OK");
  }

  /** An answer sent in chunks. */
  private static final class Chunks {
    /** IOException when the answer does not end as it should. */
    static long sizeOf(InputStream in) throws IOException {
      String line = line(in);
      while (!line.isEmpty()) { // the rest of the head
        line = line(in);
      }
      long size = 0;
      for (int chunk = chunk(in); chunk > 0; chunk = chunk(in)) {
        in.skipNBytes(chunk + 2L);
        size += chunk;
      }
      return size;
    }

    private static int chunk(InputStream in) throws IOException {
      return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("cut off");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }
  }
}
