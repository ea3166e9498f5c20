package org.cairn.sandbox;

import java.util.Locale;

/** What this LMS's pages do when a tool asks them to keep something (LTI Platform Storage 0.1). */
public enum Storage {
    /** It is not offered, as in Moodle. */
    NONE,
    /** It is offered, and kept as long as the page is open. */
    ANSWERS,
    /** It is offered, and nobody ever answers, as in Canvas's apps. */
    SILENT;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
