package org.cairn.lti.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cairn.lti.Launch;
import org.cairn.lti.PlatformStore;

/** Findings from what is remembered: nobody is asked. */
final class Remembered {

    private static final Duration LONG = Duration.ofDays(30);

    private final History history;
    private final Instant now;

    Remembered(History history, Instant now) {
        this.history = history;
        this.now = now;
    }

    List<Finding> findings() {
        return List.of(browser(), launch(), waiting(), scores(), notices());
    }

    private Finding browser() {
        return history.launch()
                .map(launch -> browser(launch.bound()))
                .orElseGet(() -> Finding.notPossible(
                        Check.BROWSER, "Nobody has launched Cairn from here yet.", "Open Cairn once from a course."));
    }

    private static Finding browser(Launch.Bound bound) {
        return switch (bound) {
            case COOKIE ->
                Finding.ok(
                        Check.BROWSER,
                        "At the last launch the browser kept Cairn's cookie inside the LMS's page: the shortest way.");
            case STORAGE ->
                Finding.ok(
                        Check.BROWSER,
                        "At the last launch the browser kept no cookie in the frame, and the LMS's own page kept what Cairn needs (platform storage).");
            case WINDOW ->
                Finding.attention(
                        Check.BROWSER,
                        "At the last launch the browser kept no cookie in the frame, and Cairn had to open in a window of its own.",
                        "It works so; to spare people the click, set the tool in the LMS to open in a new window, or use a browser that keeps partitioned cookies.");
        };
    }

    private Finding launch() {
        return history.launch()
                .map(this::launch)
                .orElseGet(() -> Finding.attention(
                        Check.LAUNCH,
                        "Nobody has launched Cairn from this deployment yet.",
                        "Open Cairn once from a course, best as a teacher; then examine again."));
    }

    private Finding launch(PlatformStore.LastLaunch launch) {
        var seen = "Somebody last launched Cairn %s, and it was let in.".formatted(Words.ago(launch.at(), now));
        return launch.at().plus(LONG).isAfter(now)
                ? Finding.ok(Check.LAUNCH, seen)
                : Finding.attention(
                        Check.LAUNCH,
                        seen,
                        "If courses are running, open Cairn from one of them: the links may be gone, or point elsewhere.");
    }

    private Finding waiting() {
        return history.waiting() == 0
                ? Finding.ok(Check.WAITING, "No other installation of this LMS waits to be approved.")
                : Finding.attention(
                        Check.WAITING,
                        "%s of this LMS launched and waited for approval; nothing is shown or kept there until then."
                                .formatted(Words.count(history.waiting(), "other installation")),
                        "If a course of yours is refused as waiting, approve its installation on the page of the platform.");
    }

    private Finding scores() {
        var scores = history.scores();
        var last = scores.deliveredAt() == null
                ? "No score has been delivered yet"
                : "The LMS took its last score " + Words.ago(scores.deliveredAt(), now);
        var seen = "%s; %d wait and %d were refused.".formatted(last, scores.waiting(), scores.refused());
        var why = scores.problem() == null ? "" : " " + scores.problem();
        if (scores.refused() > 0) {
            return Finding.attention(
                    Check.SCORES,
                    seen + why,
                    "Look at what the LMS says; when it is put right, send the refused ones again.");
        }
        return scores.waiting() > 0 && scores.problem() != null
                ? Finding.attention(
                        Check.SCORES, seen + why, "Cairn tries again by itself; if it lasts, look at the token above.")
                : Finding.ok(Check.SCORES, seen);
    }

    private Finding notices() {
        var subscription = history.subscription().orElse(null);
        if (subscription == null) {
            return Finding.notPossible(
                    Check.NOTICES,
                    "This LMS has not offered to tell Cairn what happens in it.",
                    "Nothing to do: Cairn learns of a copied course at its first launch.");
        }
        if (subscription.problem() != null) {
            return Finding.attention(
                    Check.NOTICES,
                    "Cairn could not ask the LMS for notices. " + subscription.problem(),
                    "Allow the tool's notices in the LMS; Cairn asks again by itself.");
        }
        if (subscription.subscribedAt() == null) {
            return Finding.attention(
                    Check.NOTICES,
                    "The LMS offers notices, and Cairn has not asked for them yet.",
                    "Wait a few minutes, and examine again.");
        }
        var asked = "Cairn asked for notices " + Words.ago(subscription.subscribedAt(), now);
        return subscription.helloAt() == null
                ? Finding.attention(
                        Check.NOTICES,
                        asked + ", and no greeting has come.",
                        "If none comes within an hour, check that the LMS can reach Cairn's public address.")
                : Finding.ok(
                        Check.NOTICES,
                        "%s, and the LMS greeted %s.".formatted(asked, Words.ago(subscription.helloAt(), now)));
    }
}
