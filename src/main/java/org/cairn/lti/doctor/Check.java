package org.cairn.lti.doctor;

/** One thing that an examination looks at. {@code isAsked} says that another system is asked for it. */
public enum Check {
    BROWSER("How the browser was known", Hop.BROWSER, false),
    LAUNCH("Last launch", Hop.LMS, false),
    CLOCK("Clocks", Hop.LMS, true),
    WAITING("Other installations", Hop.LMS, false),
    OUR_KEYS("Cairn's keys", Hop.KEYS, false),
    OUR_ADDRESS("The address of Cairn's keys", Hop.KEYS, true),
    THEIR_KEYS("The LMS's keys", Hop.KEYS, true),
    TOKEN("Access token", Hop.TOKEN, true),
    MAY_MAKE_COLUMNS("May make gradebook columns", Hop.TOKEN, true),
    MAY_READ_GRADES("May read grades", Hop.TOKEN, true),
    MAY_WRITE_SCORES("May write scores", Hop.TOKEN, true),
    MAY_READ_ROSTER("May read the roster", Hop.TOKEN, true),
    COLUMNS("Gradebook columns", Hop.GRADEBOOK, true),
    SCORES("Scores for the gradebook", Hop.GRADEBOOK, false),
    ROSTER("Roster", Hop.ROSTER, true),
    NAMES("Names", Hop.ROSTER, true),
    NOTICES("Notices", Hop.NOTICES, false);

    private final String title;
    private final Hop hop;
    private final boolean isAsked;

    Check(String title, Hop hop, boolean isAsked) {
        this.title = title;
        this.hop = hop;
        this.isAsked = isAsked;
    }

    public String title() {
        return title;
    }

    public Hop hop() {
        return hop;
    }

    boolean isAsked() {
        return isAsked;
    }
}
