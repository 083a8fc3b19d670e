"""Second opinion on de-identified DICOM files, by pydicom alone.

Arguments: folder of sources, folder of released files with the same relative names.
Prints one line per finding, `file<TAB>tag<TAB>what`, and last `searched<TAB>files<TAB>identifiers`.
Never prints a value.
"""
import os
import re
import sys
import unicodedata
import warnings

import pydicom
from pydicom.tag import Tag

warnings.simplefilter("ignore")

IDS = """PatientID OtherPatientIDs MedicalRecordLocator AccessionNumber AdmissionID
    RequestedProcedureID PlacerOrderNumberImagingServiceRequest
    FillerOrderNumberImagingServiceRequest DeviceSerialNumber DetectorID CassetteID PlateID GantryID
    ServiceEpisodeID PatientTelephoneNumbers ReferringPhysicianTelephoneNumbers
    PersonTelephoneNumbers PatientAddress ReferringPhysicianAddress PersonAddress
    InstitutionName InstitutionAddress InstitutionalDepartmentName StationName IssuerOfPatientID
    CurrentPatientLocation PatientInstitutionResidence RequestingService PerformedStationName
    PerformedLocation ScheduledStationName PatientBirthDate PatientMotherBirthName PatientBirthName
    SourceApplicationEntityTitle SendingApplicationEntityTitle ReceivingApplicationEntityTitle
    RetrieveAETitle ScheduledStationAETitle PerformedStationAETitle""".split()
OURS = {Tag(0x0012, 0x0063), Tag(0x0012, 0x0064)}
BULK = {"OB", "OW", "OD", "OF", "OL", "OV"}
PIXELS = {Tag(0x7FE0, 0x0010), Tag(0x5400, 0x0100)}


def fold(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in text if c.isalnum())


def spelled(tag):
    return "(%04X,%04X)" % (tag.group, tag.element)


def walk(dataset, path=""):
    for element in dataset:
        place = path + spelled(element.tag)
        if element.VR == "SQ":
            yield place, element
            for item in element.value:
                yield from walk(item, place + ".")
        else:
            yield place, element


def texts(element):
    if element.VR in BULK or element.VR == "UN":
        raw = element.value or b""
        return [raw.decode("latin-1")] if isinstance(raw, bytes) else [str(raw)]
    values = element.value
    if not isinstance(values, (list, pydicom.multival.MultiValue)):
        values = [values]
    return [str(v) for v in values if v is not None]


def long_enough(folded):
    if any(unicodedata.name(c, "").startswith(("CJK", "HIRAGANA", "KATAKANA")) for c in folded):
        return len(folded) >= 2
    return len(folded) >= (6 if folded.isdigit() else 4)


def identifiers(source):
    """Folded identifiers of a source and its unregistered UIDs."""
    found, uids, public, private = set(), set(), set(), set()
    everything = list(walk(source)) + list(walk(getattr(source, "file_meta", None) or []))
    for _, element in everything:
        if element.VR == "SQ":
            continue
        values = texts(element)
        if element.tag.is_private:
            if element.VR not in BULK or len(element.value or b"") < 200:
                private.update(fold(v) for v in values)
            continue
        if element.VR == "UI":
            uids.update(v for v in values if v and not v.startswith("1.2.840.10008."))
        elif element.VR == "PN":
            for value in values:
                found.add(fold(value))
                found.update(fold(part) for part in re.split(r"[\^=\s,]+", value))
        elif element.keyword in IDS:
            found.update(fold(v) for v in values)
        else:
            public.update(fold(v) for v in values)
    found.update(v for v in private if len(v) >= 6 and not v.isdigit() and v not in public)
    return {v for v in found if long_enough(v)}, uids


def check(name, source, path, report):
    released = pydicom.dcmread(path)
    wanted, uids = identifiers(source)
    if released.preamble != b"\0" * 128:
        report(name, "preamble", "not blank")
    if released.file_meta.MediaStorageSOPInstanceUID != released.get("SOPInstanceUID", ""):
        report(name, "(0002,0003)", "not the instance")
    if released.get("PatientIdentityRemoved") != "YES":
        report(name, "(0012,0062)", "not YES")
    for place, element in list(walk(released.file_meta)) + list(walk(released)):
        if element.tag.is_private:
            report(name, place, "private")
        if element.VR == "SQ" or element.tag in PIXELS or any(
            place.startswith(spelled(t)) for t in OURS
        ):
            continue
        if element.VR == "UI":
            for value in texts(element):
                if value in uids:
                    report(name, place, "source UID")
            continue
        if element.VR in ("DS", "FD", "FL"):
            continue  # decimals hold any digits by chance
        for value in texts(element):
            folded = fold(value)
            if re.fullmatch("[0-9a-f]{64}", value):
                continue  # the pseudonym
            for identifier in wanted:
                short = len(identifier) < 6 and identifier.isascii()
                hit = identifier in re.findall(r"\w+", value.casefold()) if short else (
                    identifier in folded
                )
                if hit:
                    report(name, place, "identifier of %d characters" % len(identifier))
    raw = without_pixels(path, released)
    for identifier in uids:
        if identifier.encode() in raw:
            report(name, "bytes", "source UID")
    return len(wanted) + len(uids)


def without_pixels(path, released):
    with open(path, "rb") as file:
        raw = file.read()
    for tag in PIXELS:
        if tag in released and isinstance(released[tag].value, bytes):
            raw = raw.replace(released[tag].value, b"")
    return raw


def main():
    sources, released = sys.argv[1], sys.argv[2]
    files, count = 0, 0
    for folder, _, names in os.walk(released):
        for name in sorted(names):
            path = os.path.join(folder, name)
            relative = os.path.relpath(path, released)
            source = pydicom.dcmread(os.path.join(sources, relative), force=True)
            count += check(relative, source, path, lambda *line: print("\t".join(line)))
            files += 1
    print("searched\t%d\t%d" % (files, count))


main()
