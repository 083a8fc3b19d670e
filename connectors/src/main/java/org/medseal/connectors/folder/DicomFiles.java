package org.medseal.connectors.folder;

import java.io.File;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.QuarantineReason;

/** One message a file, of any size: the inbox copies it from the disk, never through memory. */
public final class DicomFiles {

  /** An empty file is one unparsable item. */
  public Iterator<Object> split(File file) {
    Content content = Content.of(file.toPath());
    Object item =
        content.sizeBytes() == 0 && Files.isReadable(file.toPath())
            ? FileItem.broken(new byte[0], QuarantineReason.UNPARSABLE)
            : content;
    return List.of(item).iterator();
  }
}
