package org.cairn.lti;

import org.cairn.people.Session;

/** What became of a launch that was accepted. */
public sealed interface Arrival {

    Launch launch();

    /** Somebody is signed in at a placement. */
    record AtPlacement(Launch launch, Session session, Placement placement, Course course) implements Arrival {}

    /** Nobody is signed in: the message asks for a page that is the same for all. */
    record AtPrivacy(Launch launch) implements Arrival {}
}
