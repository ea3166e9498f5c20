package org.cairn.sandbox;

/**
 * What an LMS offers or does not, and what goes wrong at one: turned while the sandbox runs, from any thread. As it starts, everything is
 * as at a Moodle that is well.
 */
public final class Switches {

    /** What teachers who add a link send the tool. */
    public volatile DeepLinkRequest deepLinking = DeepLinkRequest.MOODLE;

    /** What Moodle calls grade sync: 0 is no gradebook for tools, 1 no columns of their own, 2 everything. */
    public volatile int gradeSync = 2;

    /** How far this LMS's clock is ahead of the true time; negative where it is behind. */
    public volatile int clockAheadSeconds;
}
