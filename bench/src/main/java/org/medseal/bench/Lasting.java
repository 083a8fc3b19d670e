package org.medseal.bench;

import java.time.Duration;

/**
 * A time that has to pass because it is what is measured or done: how long a fault lasts, how often
 * one comes, how often a program that tells nothing by itself is asked. All else waits for events.
 */
public record Lasting(Duration time) {
  public static Lasting seconds(long seconds) {
    return new Lasting(Duration.ofSeconds(seconds));
  }

  public static Lasting millis(long millis) {
    return new Lasting(Duration.ofMillis(millis));
  }

  public void pass() throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
