package org.cairn.lti.doctor;

import java.time.Instant;
import java.util.Optional;
import org.cairn.lti.Course;
import org.cairn.lti.Deployment;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a deployment.
 *
 * @param course the one that was launched last
 * @param waiting how many installations of the same platform launched and were not approved
 */
record History(
        Platform platform,
        Deployment deployment,
        Optional<PlatformStore.LastLaunch> launch,
        Optional<Course> course,
        Scores scores,
        Optional<Subscription> subscription,
        int waiting) {

    /** The scores of all courses of a deployment; {@code problem} is why one of them was refused or waits. */
    record Scores(
            int waiting,
            int refused,
            int delivered,
            @Nullable Instant deliveredAt,
            @Nullable String problem) {}

    /** What the LMS was asked to tell; {@code subscribedAt} and {@code helloAt} are null where that did not happen yet. */
    record Subscription(
            @Nullable Instant subscribedAt,
            @Nullable Instant helloAt,
            @Nullable String problem) {}
}
