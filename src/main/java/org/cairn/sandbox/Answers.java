package org.cairn.sandbox;

/** What an endpoint answers when it does not answer well: a status and a few bare words, as Moodle does. */
final class Answers extends RuntimeException {

    private final int status;

    Answers(int status, String words) {
        super(words);
        this.status = status;
    }

    int status() {
        return status;
    }

    static void require(boolean holds, int status, String words) {
        if (!holds) {
            throw new Answers(status, words);
        }
    }
}
