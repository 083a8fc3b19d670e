package org.medseal.connectors.dicomnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.medseal.connectors.dicom.Programs;

/** An Orthanc of the test's own, told by its REST interface. */
record Orthanc(Peer peer) implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Orthanc start(Path program, Path folder, int scpPort)
      throws IOException, InterruptedException {
    int http = Programs.freePort();
    Path config =
        Files.writeString(
            folder.resolve("orthanc.json"),
            """
            { "Name": "test", "StorageDirectory": "%1$s/db", "IndexDirectory": "%1$s/db",
              "Plugins": [], "HttpPort": %2$d, "HttpThreadsCount": 4,
              "RemoteAccessAllowed": false, "AuthenticationEnabled": false,
              "DicomServerEnabled": false, "StoreDicom": true,
              "TranscodeDicomProtocol": false, "OverwriteInstances": true,
              "DicomModalities": { "ours": ["MEDSEAL", "127.0.0.1", %3$d] } }
            """
                .formatted(folder, http, scpPort));
    return new Orthanc(Peer.start(List.of(program.toString(), config.toString()), http));
  }

  /** Empty where it does not take the file. */
  Optional<String> upload(Path file) throws IOException, InterruptedException {
    HttpResponse<String> answer = post("/instances", BodyPublishers.ofFile(file));
    return answer.statusCode() == 200
        ? Optional.of(JSON.readTree(answer.body()).path("ID").asText())
        : Optional.empty();
  }

  void store(String id) throws IOException, InterruptedException {
    HttpResponse<String> answer = post("/modalities/ours/store", BodyPublishers.ofString(id));
    JsonNode result = JSON.readTree(answer.body());
    if (answer.statusCode() != 200 || result.path("FailedInstancesCount").asInt(-1) != 0) {
      throw new IOException("Orthanc could not store: " + answer.body());
    }
  }

  boolean echo() throws IOException, InterruptedException {
    return post("/modalities/ours/echo", BodyPublishers.ofString("{}")).statusCode() == 200;
  }

  private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    HttpClient fresh = // Orthanc closes connections without a word
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return fresh.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + peer.port() + path))
            .POST(body)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    peer.close();
  }
}
