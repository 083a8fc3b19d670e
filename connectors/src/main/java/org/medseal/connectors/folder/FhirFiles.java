package org.medseal.connectors.folder;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A FHIR file: JSON or XML is one message, NDJSON one a line. NDJSON is what holds several lines of
 * which the first is a whole object and the second begins one.
 */
public final class FhirFiles {
  private final WholeFiles whole;

  public FhirFiles(int maxMessageBytes) {
    whole = new WholeFiles(maxMessageBytes);
  }

  public Iterator<FileItem> split(InputStream file) throws IOException {
    Iterator<FileItem> items = whole.split(file);
    FileItem first = items.next();
    if (first.defect().isPresent()) {
      return Stream.concat(Stream.of(first), stream(items)).iterator();
    }
    List<byte[]> lines = lines(first.raw());
    if (lines.size() < 2 || !isWhole(lines.get(0)) || first(lines.get(1)) != '{') {
      return List.of(first).iterator();
    }
    return lines.stream().map(FileItem::message).iterator();
  }

  private static Stream<FileItem> stream(Iterator<FileItem> items) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, 0), false);
  }

  private static boolean isWhole(byte[] line) {
    return first(line) == '{' && line[line.length - 1] == '}';
  }

  private static List<byte[]> lines(byte[] file) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= file.length; at++) {
      if (at == file.length || file[at] == '\n') {
        int end = at;
        while (end > from && file[end - 1] >= 0 && file[end - 1] <= ' ') {
          end--;
        }
        if (end > from) {
          lines.add(Arrays.copyOfRange(file, from, end));
        }
        from = at + 1;
      }
    }
    return lines;
  }

  private static byte first(byte[] line) {
    int at = 0;
    while (at < line.length - 1 && line[at] >= 0 && line[at] <= ' ') {
      at++;
    }
    return line[at];
  }
}
