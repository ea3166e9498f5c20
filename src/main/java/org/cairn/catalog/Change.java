package org.cairn.catalog;

/** How a version differs from what was in force before it. */
public enum Change {
    /** Only words differ: nobody is decided anew. */
    EDITORIAL,
    /** The rule or its numbers differ, and nobody loses anything. */
    MINOR,
    /** So much differs that somebody had to say what becomes of earlier awards. */
    MAJOR;

    /** As people read it, after the version. */
    public String word() {
        return switch (this) {
            case EDITORIAL -> "an editorial change";
            case MINOR -> "a minor change";
            case MAJOR -> "a major change";
        };
    }

    /** What can be told from the definitions alone. */
    static Change between(Definition before, Definition now) {
        return now.withWordsOf(before).equals(before) ? EDITORIAL : MINOR;
    }
}
