package org.medseal.bench.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Images a second from one sender program over 1 and 4 associations, taken by ours, DCMTK's
 * storescp and Orthanc in turns; medians, and ours as ratios: until the last image is answered, and
 * until the disk has all of them, which only ours has waited for by then. Before each turn the disk
 * is given what earlier ones left in memory, so that nobody waits for another's images. Arguments:
 * an empty folder, images a turn (200), turns (5).
 */
public final class StoreRate {
  private static final int[] ASSOCIATIONS = {1, 4};

  /** Images a second. */
  private record Turn(double answered, double onDisk) {}

  private final CtImages images = new CtImages(new Random(1));
  private final int perTurn;
  private int series;

  private StoreRate(int perTurn) {
    this.perTurn = perTurn;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
    int perTurn = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    int turns = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    try (Receiver ours = Receiver.ours(folder.resolve("ours"));
        Receiver storescp = Receiver.storescp(folder.resolve("storescp"));
        Receiver orthanc = Receiver.orthanc(folder.resolve("orthanc"))) {
      new StoreRate(perTurn).run(List.of(ours, storescp, orthanc), turns);
    }
  }

  private void run(List<Receiver> receivers, int turns) throws Exception {
    for (int associations : ASSOCIATIONS) {
      Map<Receiver, List<Turn>> taken = new LinkedHashMap<>();
      for (Receiver receiver : receivers) {
        turn(receiver, associations); // warms the program, its files and the sender up
        taken.put(receiver, new ArrayList<>());
      }
      for (int turn = 0; turn < turns; turn++) {
        for (Receiver receiver : receivers) {
          taken.get(receiver).add(turn(receiver, associations));
        }
      }
      print(associations, "answered", taken, Turn::answered);
      print(associations, "on disk", taken, Turn::onDisk);
    }
  }

  private static void print(
      int associations,
      String until,
      Map<Receiver, List<Turn>> taken,
      ToDoubleFunction<Turn> measured) {
    double ours = Double.NaN; // the first of them
    for (Map.Entry<Receiver, List<Turn>> each : taken.entrySet()) {
      double[] rates = each.getValue().stream().mapToDouble(measured).toArray();
      double rate = median(rates);
      ours = Double.isNaN(ours) ? rate : ours;
      System.out.printf(
          "%d association(s), %-8s  %-28s %7.1f images/s   ours / this %5.2f   %s%n",
          associations,
          until,
          each.getKey().name(),
          rate,
          ours / rate,
          Arrays.toString(Arrays.stream(rates).mapToLong(Math::round).toArray()));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Made before the clock starts, and associations opened. */
  private Turn turn(Receiver receiver, int associations) throws Exception {
    String name = String.valueOf(++series);
    List<byte[]> made = new ArrayList<>();
    for (int i = 1; i <= perTurn; i++) {
      made.add(images.image(name, i));
    }
    try (Senders senders = new Senders(receiver.port(), associations, CtImages.OFFER)) {
      syncDisk();
      long begin = System.nanoTime();
      senders.send(perTurn, made::get);
      double answered = (System.nanoTime() - begin) / 1e9;
      syncDisk();
      return new Turn(perTurn / answered, perTurn / ((System.nanoTime() - begin) / 1e9));
    }
  }

  private static void syncDisk() throws IOException, InterruptedException {
    if (new ProcessBuilder("sync").inheritIO().start().waitFor() != 0) {
      throw new IOException("sync failed");
    }
  }
}
