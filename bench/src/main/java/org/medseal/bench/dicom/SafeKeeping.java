package org.medseal.bench.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is asked of ours beyond what storescp does, by the JDK alone and from memory: SHA-256,
 * AES-128-GCM, appending to a file, and the disk's word that it has it, image by image.
 */
final class SafeKeeping {
  private static final int STEP = 4096; // HotSpot takes the cipher's loop over after so many calls
  private static final int NONCE = 12;
  private static final int TAG = 16;

  private SafeKeeping() {}

  /** Images a second; each thread has a file and waits for its image before it takes the next. */
  static double perSecond(Path folder, List<byte[]> images, int threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    AtomicInteger next = new AtomicInteger();
    List<Callable<Void>> keepers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Path file = folder.resolve("kept-" + i);
      keepers.add(() -> keep(images, next, file));
    }
    try {
      long begin = System.nanoTime();
      for (Future<Void> each : pool.invokeAll(keepers)) {
        each.get();
      }
      return images.size() / ((System.nanoTime() - begin) / 1e9);
    } finally {
      pool.shutdown();
    }
  }

  private static Void keep(List<byte[]> images, AtomicInteger next, Path file)
      throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = next.getAndIncrement(); i < images.size(); i = next.getAndIncrement()) {
        byte[] image = images.get(i);
        byte[] nonce = ByteBuffer.allocate(NONCE).putInt(i).array();
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, nonce));
        ByteBuffer out = ByteBuffer.allocate(image.length + TAG + digest.getDigestLength());
        out.put(sealed(cipher, image)).put(digest.digest(image)).flip();
        while (out.hasRemaining()) {
          channel.write(out);
        }
        channel.force(false);
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return null;
  }

  private static byte[] sealed(Cipher cipher, byte[] image) throws GeneralSecurityException {
    byte[] out = new byte[image.length + TAG];
    int done = 0;
    int written = 0;
    while (image.length - done > STEP) {
      written += cipher.update(image, done, STEP, out, written);
      done += STEP;
    }
    cipher.doFinal(image, done, image.length - done, out, written);
    return out;
  }
}
