package org.cairn.journey;

import org.cairn.testing.Databases;

class HttpJourneyOnH2Test extends HttpJourney {

    HttpJourneyOnH2Test() {
        super(Databases.H2);
    }
}
