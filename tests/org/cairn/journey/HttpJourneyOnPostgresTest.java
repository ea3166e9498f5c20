package org.cairn.journey;

import org.cairn.testing.Databases;

class HttpJourneyOnPostgresTest extends HttpJourney {

    HttpJourneyOnPostgresTest() {
        super(Databases.POSTGRES);
    }
}
