package org.cairn.lti.service;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.lti.ColumnStore;
import org.cairn.lti.Course;
import org.cairn.lti.Platform;

/**
 * Cairn's columns in the LMSs' gradebooks, each found or made once: whoever makes one claims it first, so that two nodes do not make it
 * twice. Safe for many threads; calls out, so never to be used within a transaction.
 */
public final class OwnColumns {

    /** How long whoever makes a column may take before another tries. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final Gradebook gradebook;
    private final Clock clock;

    public OwnColumns(Database database, Gradebook gradebook, Clock clock) {
        this.database = database;
        this.gradebook = gradebook;
        this.clock = clock;
    }

    /**
     * Where the column of this resource id is. Throws Problem UPSTREAM where the LMS does not play along: {@code columns_not_allowed} where
     * there is none and Cairn may make none, {@code column_begun} where somebody else is making it.
     */
    public URI get(Platform platform, Course course, String label, int maximum, String resourceId) {
        var known = database.inTransaction(db -> ColumnStore.find(db, course.tenant(), course.id(), resourceId));
        return known.orElseGet(() -> make(platform, course, label, maximum, resourceId));
    }

    /** Forgets where a column is that the LMS no longer has. */
    public void forget(Course course, String resourceId) {
        database.inTransaction(db -> {
            ColumnStore.forget(db, course.tenant(), course.id(), resourceId);
            return null;
        });
    }

    private URI make(Platform platform, Course course, String label, int maximum, String resourceId) {
        boolean isOurTurn = database.inTransaction(
                db -> ColumnStore.claim(db, course.tenant(), course.id(), resourceId, clock.instant(), PATIENCE));
        if (!isOurTurn) {
            throw new Problem(
                    Problem.Kind.UPSTREAM,
                    "column_begun",
                    "The gradebook column is being made; Cairn looks again soon.");
        }
        try {
            var made = gradebook.findOrCreateColumn(platform, course, label, maximum, resourceId);
            database.inTransaction(db -> {
                ColumnStore.save(db, course.tenant(), course.id(), resourceId, made, clock.instant());
                return null;
            });
            return made;
        } catch (RuntimeException e) {
            // Whether or not the LMS made it: the next try searches before it makes one.
            forget(course, resourceId);
            throw e;
        }
    }
}
