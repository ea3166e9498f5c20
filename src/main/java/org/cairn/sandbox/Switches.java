package org.cairn.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What an LMS offers or does not, and what goes wrong at one: turned while the sandbox runs, from any thread. As it starts, everything is
 * as at a Moodle that is well.
 */
public final class Switches {

    /** Whether it calls itself by the one name that all of Canvas's cloud has, and not by its own address. */
    public volatile boolean cloudIssuer;

    /** Whether pages keep things for a tool in their frame. */
    public volatile Storage storage = Storage.NONE;

    /** The frame that keeps them: {@code _parent} is the page itself, and any other name one of its frames. */
    public volatile String storageFrame = "_parent";

    /** What teachers who add a link send the tool. */
    public volatile DeepLinkRequest deepLinking = DeepLinkRequest.MOODLE;

    /** What Moodle calls grade sync: 0 is no gradebook for tools, 1 no columns of their own, 2 everything. */
    public volatile int gradeSync = 2;

    /** How far this LMS's clock is ahead of the true time; negative where it is behind. */
    public volatile int clockAheadSeconds;

    /** Whether it tells tools of what happens (Platform Notification Service); Moodle does not. */
    public volatile boolean notices;

    /** How many times each notice is delivered: 0 is never, 2 is a platform that did not hear the answer. */
    public volatile int noticeDeliveries = 1;

    /** Whether it shows tools the groups of its courses; Moodle does not. */
    public volatile boolean groups;

    /** What the tool was here by before LTI 1.3; null where it was not. */
    public volatile @Nullable Migration migration;

    /** How many of the next calls to services are refused, as Canvas does when there are too many. */
    public final AtomicInteger throttledCalls = new AtomicInteger();

    /** Who may not come any more. Moodle's rosters leave them out, and it takes their scores all the same. */
    public final Set<String> suspended = ConcurrentHashMap.newKeySet();
}
