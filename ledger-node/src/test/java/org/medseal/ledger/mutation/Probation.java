package org.medseal.ledger.mutation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A process that tries many mutations one after the other, so that the JVM starts once and stays
 * warm. A request is a line: folder of changed classes, class to run, its arguments, parted by
 * tabs. The answer is what {@code report(String[])} of that class says, then an empty line.
 */
public final class Probation {
  private static final String OURS = "org.medseal.ledger.";

  private Probation() {}

  public static void main(String[] folders) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // what is tried may print what it likes
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      List<String> parts = Arrays.asList(line.split("\t", -1));
      List<String> path = new ArrayList<>(List.of(parts.get(0)));
      path.addAll(Arrays.asList(folders));
      for (String each : answer(path, parts.get(1), parts.subList(2, parts.size()))) {
        answers.println(each.replaceAll("\\s+", " "));
      }
      answers.println();
      answers.flush();
    }
    System.exit(0); // whatever threads a broken rule has left behind
  }

  private static List<String> answer(List<String> path, String name, List<String> arguments)
      throws IOException {
    try (Changed loader = new Changed(path)) {
      Thread.currentThread().setContextClassLoader(loader);
      Object said =
          loader
              .loadClass(name)
              .getMethod("report", String[].class)
              .invoke(null, (Object) arguments.toArray(String[]::new));
      return ((List<?>) said).stream().map(String::valueOf).toList();
    } catch (InvocationTargetException e) {
      return List.of("BROKEN " + e.getCause());
    } catch (ReflectiveOperationException e) {
      return List.of("BROKEN " + e);
    } finally {
      Thread.currentThread().setContextClassLoader(Probation.class.getClassLoader());
    }
  }

  /** Loads the ledger's classes itself, the changed ones first, and everything else as usual. */
  private static final class Changed extends URLClassLoader {
    Changed(List<String> folders) throws IOException {
      super(urls(folders), Probation.class.getClassLoader());
    }

    private static URL[] urls(List<String> folders) throws IOException {
      URL[] urls = new URL[folders.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = Path.of(folders.get(i) + "/").toUri().toURL();
      }
      return urls;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(OURS)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }
}
