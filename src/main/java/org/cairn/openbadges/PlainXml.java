package org.cairn.openbadges;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/** How XML of anybody's making is read: no document type is read and no entity looked up, of this file or of any other. */
public final class PlainXml {

    private PlainXml() {}

    /** A new one each time, since it is not for many threads. */
    public static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing is fetched for a picture.");
        });
        return factory;
    }
}
