package org.medseal.ledger.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs single tests and tells for each whether it was red or green. */
public final class TestRun {
  static final String RED = "RED ";
  static final String GREEN = "GREEN ";
  static final String LATE = "LATE ";
  private static final String PACKAGE = "org.medseal.ledger.";

  private TestRun() {}

  /** Arguments: tests as class under the ledger's package, #, method. */
  public static List<String> report(String[] tests) throws ClassNotFoundException {
    List<String> said = new ArrayList<>();
    for (String test : tests) {
      said.add(outcome(test) + test);
    }
    return said;
  }

  private static String outcome(String test) throws ClassNotFoundException {
    String[] parts = test.split("#", -1);
    Class<?> type = Class.forName(PACKAGE + parts[0], false, TestRun.class.getClassLoader());
    Method method =
        Arrays.stream(type.getDeclaredMethods())
            .filter(each -> each.getName().equals(parts[1]))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no test " + test));
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectMethod(type, method)).build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    if (summary.getTestsFoundCount() == 0 && summary.getTotalFailureCount() == 0) {
      throw new IllegalArgumentException(test + " runs nothing");
    }
    if (summary.getTotalFailureCount() == 0) {
      return GREEN;
    }
    boolean late =
        summary.getFailures().stream()
            .allMatch(each -> each.getException() instanceof TimeoutException);
    return late ? LATE : RED;
  }
}
