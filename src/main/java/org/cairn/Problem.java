package org.cairn;

/**
 * The one exception that people are meant to read: what kind of failure, a stable code, and one sentence that says what happened
 * and what to do. The sentence goes to the person and must hold no secret; the log gets the code and the detail, which must hold
 * no personal data.
 */
public final class Problem extends RuntimeException {

    /** What went wrong, as one HTTP status each. */
    public enum Kind {
        MALFORMED(400),
        UNAUTHENTICATED(401),
        FORBIDDEN(403),
        NOT_FOUND(404),
        CONFLICT(409),
        GONE(410),
        TOO_LARGE(413),
        WRONG_MEDIA_TYPE(415),
        UNPROCESSABLE(422),
        BUSY(429),
        UPSTREAM(502);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final String code;
    private final String detail;

    public Problem(Kind kind, String code, String sentence) {
        this(kind, code, sentence, "");
    }

    public Problem(Kind kind, String code, String sentence, String detail) {
        super(sentence);
        this.kind = kind;
        this.code = code;
        this.detail = detail;
    }

    public Kind kind() {
        return kind;
    }

    /** Lower case words joined by underscores, the same for ever: {@code launch_expired}. */
    public String code() {
        return code;
    }

    /** For the person: what happened and what to do. */
    public String sentence() {
        return getMessage() == null ? code : getMessage();
    }

    /** For the log only; may be empty. */
    public String detail() {
        return detail;
    }
}
