package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** STOW-RS where something is full: the inbox, the store, the places for requests. */
class BusyStowTest extends StowCase {
  @Test
  void aFullInboxIsAnswered429() throws Exception {
    try (Hospital hospital = new Hospital(home, FULL)) {
      hospital.start(FEED);
      HttpResponse<String> partly = stow(hospital, "/studies", ct(1, 8), ct(2, 8));
      assertThat(partly.statusCode()).isEqualTo(202);
      assertThat(instances(json(partly), "00081199")).containsExactly(STUDY + ".1");
      HttpResponse<String> full = stow(hospital, "/studies", ct(3, 8));
      assertThat(full.statusCode()).isEqualTo(429);
      assertThat(full.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void aStoreThatTakesNothingMoreIsAnswered503() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED);
      hospital.store.close();
      HttpResponse<String> failed = stow(hospital, "/studies", ct(1, 8), ct(2, 8));
      assertThat(failed.statusCode()).isEqualTo(503);
      assertThat(failed.headers().firstValue("Retry-After")).isPresent();
      assertThat(instances(json(failed), "00081199")).isEmpty();
      JsonNode unread = json(failed).at("/0008119A/Value");
      assertThat(unread).hasSize(2); // nothing was spooled, so nobody knows what they are
      assertThat(unread.at("/0/00081197/Value/0").asInt()).isEqualTo(0x0110);
      assertThat(unread.at("/1/00081197/Value/0").asInt()).isEqualTo(0x0110);
    }
  }

  /** A request whose body is waited for: it has its place. */
  private record Begun(Socket line, BufferedReader answer) {
    static Begun on(URI uri, int bodyBytes) throws IOException {
      Socket line = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
      line.setSoTimeout(30_000);
      String head = head(uri, bodyBytes).strip() + "\r\nExpect: 100-continue\r\n\r\n";
      line.getOutputStream().write(Hospital.bytes(head));
      Begun begun =
          new Begun(
              line,
              new BufferedReader(
                  new InputStreamReader(line.getInputStream(), StandardCharsets.US_ASCII)));
      assertThat(begun.answer.readLine()).contains(" 100 ");
      assertThat(begun.answer.readLine()).isEmpty();
      return begun;
    }
  }

  @Test
  void aThirteenthRequestAtOnceIsAnswered503UntilOneOfTheTwelveIsOver() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED);
      byte[] body = multipart("x", ct(1, 8));
      List<Begun> twelve = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        twelve.add(Begun.on(URI.create(base(hospital)), body.length));
      }
      HttpResponse<String> answer = stow(hospital, "/studies", ct(2, 8));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(hospital.store.counts().values()).containsOnly(0L);
      Begun first = twelve.get(0);
      first.line().getOutputStream().write(body);
      assertThat(first.answer().readLine()).contains(" 200 ");
      awaitTrue(() -> stow(hospital, "/studies", ct(2, 8)).statusCode() == 200);
      for (Begun each : twelve) {
        each.line().close();
      }
    }
  }
}
