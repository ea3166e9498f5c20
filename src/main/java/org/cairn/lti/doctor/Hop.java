package org.cairn.lti.doctor;

/** A link of the chain between a learner's browser and what Cairn reads and writes in the LMS, in their order. */
public enum Hop {
    BROWSER("Browser"),
    LMS("LMS"),
    KEYS("Keys"),
    TOKEN("Token"),
    GRADEBOOK("Gradebook"),
    ROSTER("Roster"),
    NOTICES("Notices");

    private final String title;

    Hop(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
