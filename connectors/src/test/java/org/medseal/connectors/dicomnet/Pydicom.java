package org.medseal.connectors.dicomnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medseal.connectors.dicom.Programs;

/** pydicom's judgement whether two files hold the same data set. */
final class Pydicom {
  /**
   * Each pair as it is read: elements, values, items and fragments. Group lengths and padding are
   * left out, which senders write anew or drop (PS3.5 section 7.2, PS3.10 section 7.2).
   */
  private static final String COMPARE =
      """
      import sys, warnings
      import pydicom
      from pydicom.sequence import Sequence
      warnings.simplefilter('ignore')
      pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE

      def plain(value):
          if isinstance(value, (bytes, bytearray)):
              return bytes(value).rstrip(b'\\0')
          if isinstance(value, str):
              return value.rstrip(' \\0')
          if isinstance(value, (list, pydicom.multival.MultiValue)):
              return [plain(v) for v in value]
          if value is None:
              return ''
          return str(value).rstrip(' \\0')

      def flat(ds, path, out, swap=False):
          for e in ds:
              if e.tag.element == 0 or e.tag.group == 2 or e.tag == 0xfffcfffc:
                  continue
              here = path + '/' + str(e.tag)
              if isinstance(e.value, Sequence):
                  out.append((here, len(e.value))) if len(e.value) else None
                  for i, item in enumerate(e.value):
                      flat(item, here + '[%d]' % i, out, swap)
              else:
                  v = e.value
                  if swap and e.VR == 'OW' and isinstance(v, bytes):
                      v = b''.join(v[j:j + 2][::-1] for j in range(0, len(v), 2))
                  v = plain(v)
                  if v not in ('', b'', []):
                      out.append((here, v))
          return out

      pairs = open(sys.argv[1]).read().split('\\n')
      for i in range(0, len(pairs) - 1, 2):
          a = pydicom.dcmread(pairs[i], force=True)
          b = pydicom.dcmread(pairs[i + 1], force=True)
          swap = a.is_little_endian != b.is_little_endian
          x, y = flat(a, '', [], swap), flat(b, '', [])
          if x != y:
              diff = [p for p, q in zip(x, y) if p != q][:1] or [len(x), len(y)]
              print('differs:', pairs[i], diff)
      print('compared', (len(pairs) - 1) // 2)
      """;

  private final Path python;
  private final Path folder;
  private final List<String> pairs = new ArrayList<>();

  Pydicom(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.python = Programs.requirePydicom();
  }

  void add(Path sent, byte[] stored) throws IOException {
    Path file = folder.resolve("stored-" + pairs.size() + ".dcm");
    Files.write(file, stored);
    pairs.add(sent.toString());
    pairs.add(file.toString());
  }

  void requireEqual() throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("compare.py"), COMPARE);
    Path list = Files.writeString(folder.resolve("pairs"), String.join("\n", pairs) + "\n");
    Programs.Ended ended = Programs.run(python, script.toString(), list.toString());
    assertThat(ended.output().strip()).isEqualTo("compared " + pairs.size() / 2);
  }
}
