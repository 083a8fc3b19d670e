package org.medseal.pages;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a page answers.
 *
 * @param stream instead of the body; whoever sends it closes it
 * @param headers beside the content type and those every page has
 * @param cookies values of Set-Cookie
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the response, never shared
public record PageAnswer(
    int status,
    String mediaType,
    byte[] body,
    Optional<InputStream> stream,
    Map<String, String> headers,
    List<String> cookies) {
  public static final String HTML = "text/html; charset=utf-8";

  public PageAnswer {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }

  public static PageAnswer html(int status, String html) {
    return content(status, HTML, html.getBytes(StandardCharsets.UTF_8));
  }

  public static PageAnswer content(int status, String mediaType, byte[] body) {
    return new PageAnswer(status, mediaType, body, Optional.empty(), Map.of(), List.of());
  }

  /** To be saved under this name, never shown: sent part by part. */
  public static PageAnswer download(String mediaType, String fileName, InputStream body) {
    if (!fileName.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException("not a name for a file to save");
    }
    return new PageAnswer(200, mediaType, new byte[0], Optional.of(body), Map.of(), List.of())
        .header("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
  }

  /** 303: read that page now. The path is local, and with its query as it shall be asked. */
  public static PageAnswer seeOther(String path) {
    return content(303, "", new byte[0]).header("Location", LocalPath.of(path));
  }

  public PageAnswer header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new PageAnswer(status, mediaType, body, stream, more, cookies);
  }

  public PageAnswer cookie(String value) {
    List<String> more = new ArrayList<>(cookies);
    more.add(value);
    return new PageAnswer(status, mediaType, body, stream, headers, more);
  }
}
