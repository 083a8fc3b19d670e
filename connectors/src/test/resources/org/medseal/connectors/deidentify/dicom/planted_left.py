"""What is left of planted identifiers in a series, and whether its instances still belong together.

Arguments: folder of files, list of planted words, one a line. Prints `file<TAB>tag<TAB>number of the
word` for each that is found in a text or in the bytes outside pixels, then
`series<TAB>studies<TAB>series<TAB>frames of reference<TAB>instances<TAB>references<TAB>resolved`.
"""
import os
import re
import sys
import unicodedata
import warnings
import zlib

import pydicom

warnings.simplefilter("ignore")

ENCODINGS = ("utf-8", "latin-1", "gb18030", "utf-16-le", "utf-16-be")
DEFLATED = "1.2.840.10008.1.2.1.99"


def fold(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in text if c.isalnum())


def walk(dataset, path=""):
    for element in dataset:
        place = path + "(%04X,%04X)" % (element.tag.group, element.tag.element)
        yield place, element
        if element.VR == "SQ":
            for item in element.value:
                yield from walk(item, place + ".")


def plain(path, dataset):
    """The file's bytes, inflated, without its pixels."""
    with open(path, "rb") as file:
        raw = file.read()
    if dataset.file_meta.TransferSyntaxUID == DEFLATED:
        start = 144 + int.from_bytes(raw[140:144], "little")
        raw = raw[:start] + zlib.decompress(raw[start:], -zlib.MAX_WBITS)
    return raw.replace(dataset.PixelData, b"")


def found_in(path, words):
    dataset = pydicom.dcmread(path)
    everything = list(walk(dataset.file_meta)) + list(walk(dataset))
    texts = [
        (place, fold(str(e.value))) for place, e in everything if e.VR != "SQ" and e.keyword != "PixelData"
    ]
    raw = plain(path, dataset)
    for number, word in enumerate(words):
        for place, text in texts:
            if fold(word) in text:
                yield place, number
        for encoding in ENCODINGS:
            try:
                spelled = word.encode(encoding)
            except UnicodeEncodeError:
                continue
            if re.search(re.escape(spelled), raw, re.IGNORECASE):
                yield "bytes", number


def main():
    with open(sys.argv[2], encoding="utf-8") as lines:
        words = lines.read().split("\n")
    studies, series, frames, instances, references = set(), set(), set(), set(), []
    for name in sorted(os.listdir(sys.argv[1])):
        path = os.path.join(sys.argv[1], name)
        for place, number in found_in(path, words):
            print("%s\t%s\t%d" % (name, place, number))
        dataset = pydicom.dcmread(path)
        studies.add(dataset.StudyInstanceUID)
        series.add(dataset.SeriesInstanceUID)
        frames.add(dataset.FrameOfReferenceUID)
        instances.add(dataset.SOPInstanceUID)
        references += [item.ReferencedSOPInstanceUID for item in dataset.ReferencedImageSequence]
    resolved = sum(1 for uid in references if uid in instances)
    counts = [len(studies), len(series), len(frames), len(instances), len(references), resolved]
    print("series\t" + "\t".join(map(str, counts)))


main()
