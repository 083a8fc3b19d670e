"""What MedSeal and gdcmanon make of the same files, tag by tag, read by pydicom.

Arguments: folder of sources, folder of MedSeal's files, folder of gdcmanon's files, and optionally a
table of explanations (`who<TAB>tag mask<TAB>why`). Prints `who keeps it alone<TAB>tag<TAB>keyword
<TAB>files<TAB>explanation` for each difference, then `compared<TAB>files<TAB>same<TAB>different`.
"""
import os
import sys
import warnings

import pydicom
from pydicom.datadict import keyword_for_tag

warnings.simplefilter("ignore")


def values(dataset, path=""):
    """Values by place; items of one sequence are told apart by their number."""
    found = {}
    for element in dataset:
        place = path + "(%04X,%04X)" % (element.tag.group, element.tag.element)
        if element.VR == "SQ":
            for number, item in enumerate(element.value):
                found.update(values(item, place + "[%d]." % number))
        else:
            found[place] = element.value
    return found


def text(value):
    return bytes(value) if isinstance(value, (bytes, bytearray)) else str(value)


def kept(source, result, place):
    return place in result and text(result[place]) == text(source[place])


def matches(mask, tag):
    return len(mask) == len(tag) and all(m in ("X", t) for m, t in zip(mask, tag))


def explanations(path):
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [row for row in rows if len(row) == 3 and not row[0].startswith("#")]


def why(rows, who, place):
    """By any tag on the way to it, the outermost first."""
    tags = [part.split("[")[0] for part in place.split(".")]
    for tag in tags:
        for row in rows:
            odd = row[1] == "(ODD)" and int(tag[1:5], 16) % 2 == 1
            if row[0] == who and (odd or matches(row[1], tag)):
                return row[2]
    return ""


def main():
    rows = explanations(sys.argv[4]) if len(sys.argv) > 4 else []
    files, same, different = 0, 0, {}
    for folder, _, names in os.walk(sys.argv[3]):
        for name in sorted(names):
            relative = os.path.relpath(os.path.join(folder, name), sys.argv[3])
            source = values(pydicom.dcmread(os.path.join(sys.argv[1], relative), force=True))
            ours = values(pydicom.dcmread(os.path.join(sys.argv[2], relative)))
            theirs = values(pydicom.dcmread(os.path.join(folder, name), force=True))
            files += 1
            for place, value in source.items():
                if value is None or text(value) in ("", b""):
                    continue
                we, they = kept(source, ours, place), kept(source, theirs, place)
                if we == they:
                    same += 1
                    continue
                who = "medseal" if we else "gdcmanon"
                tag = place.split(".")[-1]
                key = (who, tag, why(rows, who, place))
                different.setdefault(key, set()).add(relative)
    for (who, tag, reason), where in sorted(different.items()):
        keyword = keyword_for_tag(int(tag[1:5] + tag[6:10], 16)) or "private or unknown"
        print("%s\t%s\t%s\t%d\t%s" % (who, tag, keyword, len(where), reason))
    print("compared\t%d\t%d\t%d" % (files, same, sum(map(len, different.values()))))


main()
