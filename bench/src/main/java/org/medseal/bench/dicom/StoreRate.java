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
 * is given what earlier ones left in memory, so that nobody waits for another's images. Beside them
 * the rate of {@link SafeKeeping} alone, and what storescp would come to with that added to each
 * image; exit 1 where ours is below {@value #WANTED_SHARE} of it (docs/adr/029). Arguments: an
 * empty folder, images a turn (200), turns (5).
 */
public final class StoreRate {
  private static final int[] ASSOCIATIONS = {1, 4};
  private static final int WARMING_TURNS = 3;
  private static final double WANTED_SHARE = 0.8;

  /** Images a second. */
  private record Turn(double answered, double onDisk) {}

  private final CtImages images = new CtImages(new Random(1));
  private final Path folder;
  private final int perTurn;
  private int series;

  private StoreRate(Path folder, int perTurn) {
    this.folder = folder;
    this.perTurn = perTurn;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
    int perTurn = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    int turns = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    boolean held = true;
    try (Receiver ours = Receiver.ours(folder.resolve("ours"));
        Receiver storescp = Receiver.storescp(folder.resolve("storescp"));
        Receiver orthanc = Receiver.orthanc(folder.resolve("orthanc"))) {
      StoreRate run = new StoreRate(folder, perTurn);
      for (int associations : ASSOCIATIONS) {
        held &= run.compared(List.of(ours, storescp, orthanc), associations, turns);
      }
    }
    System.exit(held ? 0 : 1);
  }

  private boolean compared(List<Receiver> receivers, int associations, int turns) throws Exception {
    Map<Receiver, List<Turn>> taken = new LinkedHashMap<>();
    for (Receiver receiver : receivers) {
      for (int i = 0; i < WARMING_TURNS; i++) { // the program, its files and the sender
        turn(receiver, associations);
      }
      taken.put(receiver, new ArrayList<>());
    }
    SafeKeeping.perSecond(folder, made(), associations);
    double[] keeping = new double[turns];
    for (int turn = 0; turn < turns; turn++) {
      for (Receiver receiver : receivers) {
        taken.get(receiver).add(turn(receiver, associations));
      }
      keeping[turn] = SafeKeeping.perSecond(folder, made(), associations);
    }
    print(associations, "answered", taken, Turn::answered);
    print(associations, "on disk", taken, Turn::onDisk);
    double ours = median(taken.get(receivers.get(0)), Turn::answered);
    double storescp = median(taken.get(receivers.get(1)), Turn::answered);
    return judge(associations, ours, storescp, median(keeping));
  }

  private static boolean judge(int associations, double ours, double storescp, double keeping) {
    double both = 1 / (1 / storescp + 1 / keeping);
    System.out.printf(
        "%d association(s): hashing, encrypting and syncing alone %.1f images/s; added to storescp's"
            + " %.1f; ours / that %.2f (budget %.1f)%n",
        associations, keeping, both, ours / both, WANTED_SHARE);
    return ours / both >= WANTED_SHARE;
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

  private static double median(List<Turn> turns, ToDoubleFunction<Turn> measured) {
    return median(turns.stream().mapToDouble(measured).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Made before the clock starts, and associations opened. */
  private Turn turn(Receiver receiver, int associations) throws Exception {
    List<byte[]> made = made();
    try (Senders senders = new Senders(receiver.port(), associations, CtImages.OFFER)) {
      syncDisk();
      long begin = System.nanoTime();
      senders.send(perTurn, made::get);
      double answered = (System.nanoTime() - begin) / 1e9;
      syncDisk();
      return new Turn(perTurn / answered, perTurn / ((System.nanoTime() - begin) / 1e9));
    }
  }

  private List<byte[]> made() {
    String name = String.valueOf(++series);
    List<byte[]> made = new ArrayList<>();
    for (int i = 1; i <= perTurn; i++) {
      made.add(images.image(name, i));
    }
    return made;
  }

  private static void syncDisk() throws IOException, InterruptedException {
    if (new ProcessBuilder("sync").inheritIO().start().waitFor() != 0) {
      throw new IOException("sync failed");
    }
  }
}
