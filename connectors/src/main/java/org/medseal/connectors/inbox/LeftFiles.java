package org.medseal.connectors.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before a folder feed starts: a file that {@link FileTaken} had put aside when the process ended
 * is put back to be read again. What of it was stored is known as a duplicate, so nothing is lost
 * and nothing stored twice.
 */
public final class LeftFiles extends LifecycleStrategySupport {
  private static final Logger LOG = LoggerFactory.getLogger(LeftFiles.class);
  private static final int DEPTH = 64;

  @Override
  public void onRoutesAdd(Collection<Route> routes) {
    for (Route route : routes) {
      if (route.getEndpoint() instanceof FileEndpoint folder) {
        putBack(folder.getFile().toPath(), route.getId());
      }
    }
  }

  private static void putBack(Path folder, String route) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      List<Path> left = left(folder);
      for (Path file : left) {
        String name = file.getFileName().toString().substring(FileTaken.OURS.length());
        Files.move(file, file.resolveSibling(name));
      }
      if (!left.isEmpty()) {
        LOG.info("{} files that {} was about to delete are read again", left.size(), route);
      }
    } catch (IOException e) {
      LOG.warn("files of {} cannot be put back ({})", route, e.getClass().getSimpleName());
    }
  }

  private static List<Path> left(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, DEPTH)) {
      return all.filter(file -> file.getFileName().toString().startsWith(FileTaken.OURS))
          .filter(Files::isRegularFile)
          .toList();
    }
  }
}
