package org.medseal.admin;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.pages.site.Site;
import org.medseal.requests.InstitutionLedger;
import org.medseal.tracing.TraceOpening;
import org.medseal.users.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTPS endpoint for people. Its own Vert.x and threads, apart from Camel's. Start once, close
 * once.
 */
public final class AdminServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final int START_SECONDS = 30;
  private static final long IDLE_CHECK_MS = 60_000;

  private final AdminServices services;
  private final AdminSettings settings;
  private Running running;

  private record Running(
      Vertx vertx, HttpServer server, ExecutorService tracing, Ledger.Listening blocks) {}

  public AdminServer(AdminServices services, AdminSettings settings) {
    this.services = services;
    this.settings = settings;
  }

  /** Listening when it returns; IllegalStateException naming host and port if it cannot. */
  public synchronized void start() {
    if (running != null) {
      throw new IllegalStateException("the admin endpoint has started already");
    }
    InstitutionLedger acting =
        new InstitutionLedger(services.ledger(), services.keys(), settings.limits().commitWait());
    TraceOpening opening =
        new TraceOpening(
            new InstitutionLedger(services.ledger(), services.keys(), Duration.ZERO),
            services.people().users(),
            services.people().audit());
    ExecutorService tracing =
        Executors.newSingleThreadExecutor(task -> thread(task, "medseal-trace-opening"));
    List<Call> calls =
        Calls.all(
            services,
            settings.limits(),
            acting,
            login -> {
              if (login.keys().opener().isPresent()) {
                submit(tracing, opening::openAfterLogin);
              }
            });
    Vertx vertx = Vertx.vertx(vertxOptions());
    CallRunner runner =
        new CallRunner(services.people().users().sessions(), services.people().audit());
    HttpServer server =
        new HttpFront(
                runner,
                calls,
                Optional.of(site(runner, calls)),
                settings.limits().bodyBytes(),
                Patience.standard())
            .server(vertx, serverOptions());
    vertx.setPeriodic(IDLE_CHECK_MS, timer -> vertx.executeBlocking(this::endIdle, false));
    Ledger.Listening blocks =
        services
            .ledger()
            .onBlock(
                services.ledger().view().height() + 1,
                block -> {
                  if (touchesTraces(block)) {
                    submit(tracing, opening::openApproved);
                  }
                });
    running = new Running(vertx, server, tracing, blocks);
    listen(server);
  }

  private Site site(CallRunner runner, List<Call> calls) {
    Map<String, Call> byTarget = InProcessCalls.byTarget(calls);
    Sessions sessions = services.people().users().sessions();
    return new Site(
        new Site.Means(
            (token, used) -> used ? sessions.find(token) : sessions.look(token),
            (token, used) ->
                new InProcessCalls(runner, byTarget, CallRunner.Caller.ofPage(token, used)),
            new PageRefusals(runner)),
        services.ledger().institution(),
        ZoneId.systemDefault());
  }

  /** The port listened on. */
  public synchronized int port() {
    if (running == null) {
      throw new IllegalStateException("the admin endpoint is not running");
    }
    return running.server().actualPort();
  }

  @Override
  public synchronized void close() {
    if (running == null) {
      return;
    }
    Running ending = running;
    running = null;
    try {
      ending.blocks().close();
    } finally {
      end(ending.tracing());
      await(ending.vertx().close().toCompletionStage().toCompletableFuture(), "closed");
    }
  }

  /** No interrupt while it may be writing: that would close the audit trail's file. */
  private static void end(ExecutorService tracing) {
    tracing.shutdown();
    try {
      if (!tracing.awaitTermination(START_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Opening traces has not ended within {} s", START_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(HttpServer server) {
    boolean listening = false;
    try {
      await(
          server.listen(settings.port(), settings.host()).toCompletionStage().toCompletableFuture(),
          "opened");
      listening = true;
    } finally {
      if (!listening) {
        close();
      }
    }
  }

  private <T> void await(CompletableFuture<T> future, String what) {
    try {
      future.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the admin endpoint is " + what, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the admin endpoint on "
              + settings.host()
              + ":"
              + settings.port()
              + " with "
              + settings.certificatePem()
              + " could not be "
              + what,
          e);
    }
  }

  private Void endIdle() {
    services.people().users().sessions().endIdle();
    return null;
  }

  private static void submit(ExecutorService tracing, Runnable opening) {
    try {
      tracing.execute(
          () -> {
            try {
              opening.run();
            } catch (RuntimeException e) {
              CallRunner.logged(e);
            }
          });
    } catch (RejectedExecutionException e) {
      // Closing: whoever holds the key finds the trace still approved after the next login.
      return;
    }
  }

  private static boolean touchesTraces(CommittedBlock block) {
    return block.transactions().stream()
        .anyMatch(
            each ->
                each.transaction() instanceof InstitutionTransaction signed
                    && signed.action() instanceof Action.TraceApproval);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(2)
        .setInternalBlockingPoolSize(2)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  private HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setSsl(true)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(settings.certificatePem().toString())
                .setKeyValue(pem(settings.key())))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
        .setMaxInitialLineLength(4096)
        .setMaxHeaderSize(8192)
        .setHandle100ContinueAutomatically(true);
  }

  private static Buffer pem(PrivateKey key) {
    String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return Buffer.buffer(
        "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
  }
}
