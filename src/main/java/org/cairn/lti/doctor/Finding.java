package org.cairn.lti.doctor;

/**
 * What a check came to: one sentence about what was seen, and one about what to do. Both may be shown to anybody who supports an
 * installation: they hold counts, times, hosts and an LMS's error codes, and never a person, an address in full, a token or a key.
 */
public record Finding(Check check, State state, String seen, String advice) {

    /** From harmless to broken. */
    public enum State {
        OK("All well"),
        /** It cannot be tried, because of another finding or since nobody launched yet. */
        NOT_POSSIBLE("Could not be tried"),
        /** It works, and not as well as it could. */
        ATTENTION("Look at this"),
        FAILED("Broken");

        private final String title;

        State(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    static final String NOTHING = "Nothing to do.";

    public Finding {
        if (seen.isBlank() || advice.isBlank()) {
            throw new IllegalArgumentException("A finding says what was seen and what to do.");
        }
    }

    static Finding ok(Check check, String seen) {
        return new Finding(check, State.OK, seen, NOTHING);
    }

    static Finding attention(Check check, String seen, String advice) {
        return new Finding(check, State.ATTENTION, seen, advice);
    }

    static Finding failed(Check check, String seen, String advice) {
        return new Finding(check, State.FAILED, seen, advice);
    }

    static Finding notPossible(Check check, String seen, String advice) {
        return new Finding(check, State.NOT_POSSIBLE, seen, advice);
    }
}
