package org.medseal.bench.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEntry;
import org.medseal.audit.AuditEvents;
import org.medseal.audit.AuditQuery;
import org.medseal.audit.AuditQuery.Period;
import org.medseal.audit.AuditTrail;
import org.medseal.crypto.Digests;
import org.medseal.ledger.model.Hash;

/**
 * Fills a trail, opens it anew and searches it: {@code LongTrail FOLDER ENTRIES}. Prints seconds of
 * recording (writers share syncs), of the start-up check and of reading all again, and milliseconds
 * of searches.
 */
public final class LongTrail {
  private static final int WRITERS = 32;
  private static final int ROUNDS = 20;

  private LongTrail() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int entries = Integer.parseInt(args[1]);
    try (AuditTrail trail = AuditTrail.open(folder)) {
      if (trail.size() == 0) {
        long begun = System.nanoTime();
        fill(trail, entries);
        say("recorded", entries, begun);
      }
    }
    long begun = System.nanoTime();
    try (AuditTrail trail = AuditTrail.open(folder)) {
      say("opened and checked", trail.size(), begun);
      Runtime runtime = Runtime.getRuntime();
      System.gc();
      System.out.printf(
          Locale.ROOT, "heap %d MiB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
      search(trail);
      export(trail);
      readAgain(trail);
    }
  }

  private static void fill(AuditTrail trail, int entries)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      all.add(
          writers.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < entries; n = next.getAndIncrement()) {
                  trail.record(entry(n));
                }
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    writers.shutdown();
  }

  private static AuditEntry entry(int number) {
    AuditAction[] actions = {
      AuditAction.LOOK_UP, AuditAction.OPEN, AuditAction.REQUEST, AuditAction.REQUESTS_READ
    };
    return new AuditEntry(
        actions[number % actions.length],
        "user-" + number % 200,
        number % 50 == 0 ? "not-approved" : AuditEntry.OK,
        Map.of("id", id(number), "txId", id(number / 3)));
  }

  private static String id(int number) {
    return Hash.of(
            Digests.sha256(
                new byte[] {
                  (byte) number, (byte) (number >> 8), (byte) (number >> 16), (byte) (number >> 24)
                }))
        .hex();
  }

  private static void search(AuditTrail trail) {
    AuditEvents events = new AuditEvents(trail, "hospital-1", "/audit");
    Period always = new Period(Optional.empty(), Optional.empty());
    time("newest page", events, AuditQuery.ALL);
    time(
        "an agent's refused openings",
        events,
        new AuditQuery(
            Optional.of(AuditAction.OPEN),
            Optional.of("user-50"),
            always,
            Optional.of(AuditQuery.REFUSED),
            Optional.empty()));
    time("an id that one entry has", events, entity(always, id((int) trail.size() / 7)));
    time("an id that none has", events, entity(always, "nothing"));
  }

  private static AuditQuery entity(Period always, String id) {
    return new AuditQuery(
        Optional.empty(), Optional.empty(), always, Optional.empty(), Optional.of(id));
  }

  private static void time(String what, AuditEvents events, AuditQuery query) {
    int bytes = 0;
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      bytes += events.bundle(query, 0, 100).length;
      nanos.add(System.nanoTime() - begun);
    }
    nanos.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%-28s median %.1f ms, worst %.1f ms (%d bytes a page)%n",
        what,
        nanos.get(ROUNDS / 2) / 1e6,
        nanos.get(ROUNDS - 1) / 1e6,
        bytes / ROUNDS);
  }

  /** As a running node does once a day, and with one entry more as with each anchor. */
  private static void readAgain(AuditTrail trail) {
    long begun = System.nanoTime();
    requireWhole(trail.rereadAll());
    say("read again", trail.size(), begun);
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      trail.record(entry(i));
      long begunNew = System.nanoTime();
      requireWhole(trail.rereadNew());
      nanos.add(System.nanoTime() - begunNew);
    }
    nanos.sort(null);
    System.out.printf(
        Locale.ROOT,
        "read one new entry again     median %.1f ms, worst %.1f ms%n",
        nanos.get(ROUNDS / 2) / 1e6,
        nanos.get(ROUNDS - 1) / 1e6);
  }

  private static void requireWhole(Optional<Long> changed) {
    if (changed.isPresent()) {
      throw new IllegalStateException("the trail differs from entry " + changed.get() + " on");
    }
  }

  private static void export(AuditTrail trail) throws IOException {
    long begun = System.nanoTime();
    try (InputStream in = new AuditEvents(trail, "hospital-1", "/audit").export(AuditQuery.ALL);
        OutputStream nowhere = OutputStream.nullOutputStream()) {
      long bytes = in.transferTo(nowhere);
      System.out.printf(Locale.ROOT, "exported %d MiB%n", bytes >> 20);
    }
    say("exported", trail.size(), begun);
  }

  private static void say(String what, long entries, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(Locale.ROOT, "%s %d entries in %.1f s%n", what, entries, seconds);
  }
}
