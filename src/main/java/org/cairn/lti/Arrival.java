package org.cairn.lti;

import org.cairn.SessionId;

/** What became of a launch that was not refused. */
public sealed interface Arrival {

    sealed interface Accepted extends Arrival {
        Launch launch();
    }

    /** Somebody is signed in at a placement. */
    record AtPlacement(Launch launch, SessionId session, Placement placement, Course course) implements Accepted {}

    /** Nobody is signed in: the message asks for a page that is the same for all. */
    record AtPrivacy(Launch launch) implements Accepted {}

    /** Nothing is decided: its login was bound not to this browser's cookie but to what the LMS's page keeps, to be asked for first. */
    record Unproved(Login.Stored stored) implements Arrival {}
}
