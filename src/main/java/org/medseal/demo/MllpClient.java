package org.medseal.demo;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A sending system's side of MLLP: one message, one acknowledgement. */
public final class MllpClient implements AutoCloseable {
  private static final int START = 0x0B;
  private static final int END = 0x1C;
  private static final int CARRIAGE_RETURN = 0x0D;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  public MllpClient(int port, Duration answerWithin) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(answerWithin.toMillis()));
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** The acknowledgement code, MSA-1. */
  public String send(byte[] message) throws IOException {
    return acknowledgementCode(exchange(message));
  }

  /** The whole acknowledgement. */
  public String exchange(byte[] message) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(message.length + 3);
    frame.write(START);
    frame.write(message);
    frame.write(END);
    frame.write(CARRIAGE_RETURN);
    out.write(frame.toByteArray());
    out.flush();
    return readFrame();
  }

  private String readFrame() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int b = next();
    while (b != START) {
      b = next();
    }
    for (b = next(); b != END; b = next()) {
      body.write(b);
    }
    next();
    return body.toString(StandardCharsets.UTF_8);
  }

  private int next() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("the receiver closed the connection before it acknowledged");
    }
    return b;
  }

  private static String acknowledgementCode(String acknowledgement) {
    for (String segment : acknowledgement.split("\r", -1)) {
      if (segment.startsWith("MSA") && segment.length() >= 6) {
        return segment.substring(4, 6);
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
