"""XMP sidecars, as Adobe's specification has them (ISO 16684-1): the caption is the default `dc:description`."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from engine.catalog.exported import CaptionedFile

_X = "adobe:ns:meta/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

for _prefix, _uri in (("x", _X), ("rdf", _RDF), ("dc", _DC), ("xmp", _XMP)):
    ET.register_namespace(_prefix, _uri)


def write_sidecar(path: Path, file: CaptionedFile) -> None:
    """Write a new sidecar with the caption of a file; raise `OSError` where that fails."""
    root = ET.Element(f"{{{_X}}}xmpmeta")
    rdf = ET.SubElement(root, f"{{{_RDF}}}RDF")
    about = {f"{{{_RDF}}}about": "", f"{{{_XMP}}}CreatorTool": "Reverie", f"{{{_XMP}}}MetadataDate": file.written_at}
    description = ET.SubElement(rdf, f"{{{_RDF}}}Description", about)
    alternatives = ET.SubElement(ET.SubElement(description, f"{{{_DC}}}description"), f"{{{_RDF}}}Alt")
    ET.SubElement(alternatives, f"{{{_RDF}}}li", {_LANGUAGE: "x-default"}).text = _NOT_XML.sub(" ", file.caption)
    with path.open("xb") as writing:
        ET.ElementTree(root).write(writing, encoding="utf-8", xml_declaration=True)
