package org.medseal.mail;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters to users, written and sent on a thread of its own: whoever hands one in learns neither
 * whether it was written nor how long that took. A server that cannot be reached is tried again; a
 * queue that is full drops letters. Nothing is kept over a restart: people ask again.
 */
public final class Post implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Post.class);
  private static final int MOST_WAITING = 200;
  private static final long[] TRY_AGAIN_SECONDS = {30, 300};
  private static final int CLOSE_SECONDS = 5;

  private final Optional<MailSettings> settings;
  private final Letters letters = new Letters();
  private final Semaphore room = new Semaphore(MOST_WAITING);
  private final ScheduledThreadPoolExecutor thread;
  private Optional<SmtpSender> sender = Optional.empty();

  /** Without settings all letters are dropped. Nothing is opened before the first letter. */
  public Post(Optional<MailSettings> settings) {
    this.settings = settings;
    this.thread = new ScheduledThreadPoolExecutor(1, Post::daemon);
    this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  public static Post none() {
    return new Post(Optional.empty());
  }

  /** A link that sets a new password. */
  public record Recovery(String address, String code, Duration lasts) {
    @Override
    public String toString() {
      return "Recovery[]";
    }
  }

  public boolean isOn() {
    return settings.isPresent();
  }

  /** Whether there is a letter at all is found out on the thread, too. Returns at once. */
  public void recovery(Supplier<Optional<Recovery>> wanted) {
    hand(
        on ->
            wanted
                .get()
                .map(
                    each ->
                        letters.recovery(
                            each.address(), on.recoverLink(each.code()), each.lasts())));
  }

  /** To nobody when the address is empty. Returns at once. */
  public void notice(String address, Notice notice) {
    hand(on -> address.isEmpty() ? Optional.empty() : Optional.of(letters.notice(address, notice)));
  }

  private interface Writing {
    Optional<Letter> write(MailSettings on);
  }

  private void hand(Writing writing) {
    if (settings.isEmpty()) {
      return;
    }
    if (!room.tryAcquire()) {
      LOG.warn("Too many mails wait to be sent; one was dropped");
      return;
    }
    later(0, () -> written(writing).ifPresentOrElse(letter -> send(letter, 0), room::release));
  }

  private Optional<Letter> written(Writing writing) {
    try {
      return writing.write(settings.orElseThrow());
    } catch (RuntimeException e) { // the edge of this thread
      LOG.error("A mail could not be written: {}", e.getClass().getName());
      return Optional.empty();
    }
  }

  private void send(Letter letter, int tries) {
    try {
      sender().send(letter);
      room.release();
    } catch (MailException e) {
      if (tries < TRY_AGAIN_SECONDS.length) {
        LOG.warn("A mail was not sent and is tried again: {}", e.getMessage());
        later(TRY_AGAIN_SECONDS[tries], () -> send(letter, tries + 1));
      } else {
        LOG.error("A mail was given up: {}", e.getMessage());
        room.release();
      }
    } catch (RuntimeException e) { // the edge of this thread
      LOG.error("A mail was given up: {}", e.getClass().getName());
      room.release();
    }
  }

  /** Letters that take up room, the one being sent included. */
  int waiting() {
    return MOST_WAITING - room.availablePermits();
  }

  private void later(long seconds, Runnable work) {
    try {
      ScheduledFuture<?> unused = thread.schedule(work, seconds, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      room.release(); // closing: nobody waits for this letter
    }
  }

  private synchronized SmtpSender sender() {
    if (sender.isEmpty()) {
      sender = Optional.of(SmtpSender.open(settings.orElseThrow()));
    }
    return sender.get();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "medseal-post");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      sender.ifPresent(SmtpSender::close);
    }
  }
}
