"""Says «PDF/UA-1» in the metadata that WeasyPrint writes for PDF/A.

The statement needs its own schema description (ISO 19005-3, 6.6.2.3), and both must stand in the one RDF block:
a second one is ignored by validators.
"""

END = b"</rdf:RDF>"
DECLARATION = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that this file conforms to</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class MetadataNotFound(Exception):
    """The library writes its metadata in another way than the one this was made for."""


def declare(document, pdf) -> None:
    """A finisher for WeasyPrint: runs when the metadata is written and nothing is numbered anew."""
    reference = pdf.catalog["Metadata"]
    metadata = next((item for item in pdf.objects if getattr(item, "reference", None) == reference), None)
    if metadata is None or len(metadata.stream) != 1 or metadata.stream[0].count(END) != 1:
        raise MetadataNotFound
    metadata.stream[0] = metadata.stream[0].replace(END, DECLARATION + END)
