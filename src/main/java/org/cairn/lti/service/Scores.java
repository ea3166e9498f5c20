package org.cairn.lti.service;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.cairn.DeploymentId;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.outbound.Answer;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers scores to LMSs until they have them (Assignment and Grade Services 2.0 §3.4): one after the other for each platform, which
 * trips no limit of requests, and platforms beside each other. To be run by one node at a time.
 */
public final class Scores {

    private static final Logger LOG = LoggerFactory.getLogger(Scores.class);

    /** Of one platform in one run. */
    private static final int BATCH = 200;

    private static final int AT_ONCE = 4;
    private static final int MOST_FAILURES = 3;

    /** Half a minute, doubled to six hours at most: the fifteenth try is after two days. */
    private static final int MOST_TRIES = 15;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final Duration LONGEST_WISH = Duration.ofDays(1);
    private static final int MOST_CONFLICTS = 3;

    /** In place of an LMS's status, where Cairn itself failed. */
    private static final int FAULT = -1;

    /** A score with everything that is needed to tell it. */
    private record Parcel(ScoreStore.Row row, Platform platform, Course course, String sub) {}

    private final Database database;
    private final Gradebook gradebook;
    private final OwnColumns columns;
    private final Clock clock;

    /** Platforms that asked for a rest. Forgotten at a restart, which costs one request more. */
    private final Map<PlatformId, Instant> pausedUntil = new ConcurrentHashMap<>();

    public Scores(Database database, Gradebook gradebook, Clock clock) {
        this.database = database;
        this.gradebook = gradebook;
        this.columns = new OwnColumns(database, gradebook, clock);
        this.clock = clock;
    }

    /** Tries everything that is due, once; returns how many scores the LMSs took. */
    public int deliver() {
        var byPlatform = database.inTransaction(this::parcels).stream()
                .filter(parcel -> !isPaused(parcel.platform().id()))
                .collect(Collectors.groupingBy(parcel -> parcel.platform().id()));
        var taken = new AtomicInteger();
        try (var workers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            byPlatform.values().forEach(list -> workers.execute(() -> taken.addAndGet(deliver(list))));
        }
        return taken.get();
    }

    private List<Parcel> parcels(DSLContext db) {
        var byTenant = ScoreStore.due(db, clock.instant(), BATCH).stream()
                .collect(Collectors.groupingBy(ScoreStore.Row::tenant, LinkedHashMap::new, Collectors.toList()));
        var parcels = new ArrayList<Parcel>();
        byTenant.forEach((tenant, rows) -> parcels.addAll(parcels(db, tenant, rows)));
        return parcels;
    }

    private static List<Parcel> parcels(DSLContext db, TenantId tenant, List<ScoreStore.Row> rows) {
        var courses =
                CourseStore.list(
                                db,
                                tenant,
                                rows.stream().map(ScoreStore.Row::course).collect(Collectors.toSet()))
                        .stream()
                        .collect(Collectors.toMap(Course::id, course -> course));
        var subs =
                AccountStore.list(
                                db,
                                tenant,
                                rows.stream().map(ScoreStore.Row::account).collect(Collectors.toSet()))
                        .stream()
                        .collect(Collectors.toMap(Account::id, Account::sub));
        var platforms = new HashMap<DeploymentId, Platform>();
        return rows.stream()
                .map(row -> {
                    var course = requireNonNull(courses.get(row.course()));
                    var platform = platforms.computeIfAbsent(
                            course.deployment(),
                            id -> PlatformStore.get(
                                    db,
                                    PlatformStore.getDeployment(db, tenant, id).platform()));
                    return new Parcel(row, platform, course, requireNonNull(subs.get(row.account())));
                })
                .toList();
    }

    private int deliver(List<Parcel> parcels) {
        int taken = 0;
        int failures = 0;
        for (var parcel : parcels) {
            var verdict = tryOnce(parcel);
            keep(parcel, verdict);
            taken += verdict.state() == ScoreStore.State.DELIVERED ? 1 : 0;
            failures = verdict.isPlatformsOwn() ? failures + 1 : 0;
            if (verdict.isBusy()) {
                pausedUntil.put(parcel.platform().id(), clock.instant().plus(verdict.pause()));
            }
            // A platform that is down or wants a rest is left alone; what was not tried stays due.
            if (verdict.isBusy() || failures >= MOST_FAILURES) {
                break;
            }
        }
        return taken;
    }

    private boolean isPaused(PlatformId platform) {
        return clock.instant().isBefore(pausedUntil.getOrDefault(platform, Instant.MIN));
    }

    private void keep(Parcel parcel, Verdict verdict) {
        database.inTransaction(db -> {
            var now = clock.instant();
            ScoreStore.tried(
                    db,
                    parcel.row(),
                    verdict.state(),
                    verdict.status(),
                    verdict.problem(),
                    now.plus(verdict.pause()),
                    verdict.stamp(),
                    now);
            return null;
        });
    }

    private Verdict tryOnce(Parcel parcel) {
        var row = parcel.row();
        try {
            var column = columns.get(parcel.platform(), parcel.course(), row.label(), row.maximum(), row.resourceId());
            var answer =
                    gradebook.score(parcel.platform(), column, parcel.sub(), row.given(), row.maximum(), row.stamp());
            if (answer.status() == 404) {
                columns.forget(parcel.course(), row.resourceId());
            }
            if (isConflict(answer) && has(parcel, column)) {
                return Verdict.delivered(row, answer.status());
            }
            var verdict = Verdict.of(row, answer, clock.instant());
            if (verdict.problem() != null) {
                LOG.warn("score of course {} not taken: status {}", row.course(), answer.status());
            }
            return verdict;
        } catch (Problem problem) {
            LOG.warn("score of course {} not delivered: {}", row.course(), problem.code());
            return Verdict.later(row, 0, problem.sentence());
        } catch (RuntimeException e) {
            // A fault of ours with this one score: the platform's others go on.
            LOG.error(
                    "score of course {} not sent: {} at {}",
                    row.course(),
                    e.getClass().getName(),
                    e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]);
            return Verdict.later(row, FAULT, "Cairn failed over this score; its log says why.");
        }
    }

    /** An older time than the LMS's own: 409 (AGS §3.4.9), and in Canvas 400 with a word about the timestamp. */
    private static boolean isConflict(Answer answer) {
        return answer.status() == 409
                || (answer.status() == 400
                        && new String(answer.body(), StandardCharsets.UTF_8)
                                .toLowerCase(Locale.ROOT)
                                .contains("timestamp"));
    }

    /** Whether the LMS has just this score already, from a try whose answer was lost. */
    private boolean has(Parcel parcel, URI column) {
        var row = parcel.row();
        return gradebook
                .result(parcel.platform(), column, parcel.sub())
                .filter(result -> result.score() != null && isSame(result.score(), result.maximum(), row))
                .isPresent();
    }

    private static boolean isSame(BigDecimal score, BigDecimal maximum, ScoreStore.Row row) {
        var theirs = score.multiply(BigDecimal.valueOf(row.maximum()));
        return theirs.compareTo(BigDecimal.valueOf(row.given()).multiply(maximum)) == 0;
    }

    /**
     * What an answer means: taken, try again, or never. {@code isBusy} says that the platform wants no more of us for now.
     */
    record Verdict(
            ScoreStore.State state,
            int status,
            @Nullable String problem,
            Duration pause,
            Instant stamp,
            boolean isBusy) {

        static Verdict of(ScoreStore.Row row, Answer answer, Instant now) {
            int status = answer.status();
            if (answer.isSuccess()) {
                return delivered(row, status);
            }
            if (status == 429 || (status == 403 && isRateLimit(answer))) {
                return busy(row, answer, now);
            }
            if (isConflict(answer)) {
                return conflict(row, now);
            }
            return switch (status) {
                case 401, 403 ->
                    later(
                            row,
                            status,
                            "The LMS does not let Cairn write scores; check the tool's services in the LMS, then send them again.");
                case 404 ->
                    row.tries() < MOST_CONFLICTS
                            ? later(row, status, "The column is gone from the LMS; Cairn makes it anew.")
                            : refused(row, status, "The LMS has no such column or course any more.");
                case 400, 422 ->
                    refused(
                            row,
                            status,
                            "The LMS does not take a score for this person: mostly because she left the course or is no student there.");
                default ->
                    status >= 500 || status == 408
                            ? later(row, status, "The LMS had a fault of its own (status %d).".formatted(status))
                            : refused(row, status, "The LMS refused the score (status %d).".formatted(status));
            };
        }

        private static Verdict conflict(ScoreStore.Row row, Instant now) {
            return row.tries() < MOST_CONFLICTS
                    ? new Verdict(
                            ScoreStore.State.WAITING,
                            409,
                            "The LMS has a newer score; Cairn tries with a later time.",
                            Duration.ofSeconds(2),
                            ScoreStore.later(now, row.stamp()),
                            false)
                    : refused(
                            row,
                            409,
                            "The LMS keeps another score, perhaps one that a teacher set; it stays as the teacher has it.");
        }

        static Verdict delivered(ScoreStore.Row row, int status) {
            return new Verdict(ScoreStore.State.DELIVERED, status, null, Duration.ZERO, row.stamp(), false);
        }

        static Verdict later(ScoreStore.Row row, int status, String problem) {
            if (row.tries() + 1 >= MOST_TRIES) {
                return refused(row, status, problem + " Cairn tried for two days and has stopped.");
            }
            return new Verdict(ScoreStore.State.WAITING, status, problem, pause(row), row.stamp(), false);
        }

        private static Verdict refused(ScoreStore.Row row, int status, String problem) {
            return new Verdict(ScoreStore.State.REFUSED, status, problem, Duration.ZERO, row.stamp(), false);
        }

        private static Verdict busy(ScoreStore.Row row, Answer answer, Instant now) {
            var asked = answer.headers("retry-after").stream()
                    .map(text -> wish(text, now))
                    .findFirst()
                    .orElse(Duration.ZERO);
            var pause = pause(row);
            return new Verdict(
                    ScoreStore.State.WAITING,
                    answer.status(),
                    "The LMS wants fewer requests for a while.",
                    asked.compareTo(pause) > 0 ? asked : pause,
                    row.stamp(),
                    true);
        }

        /** Retry-After (RFC 9110 §10.2.3): seconds or a date; at most a day, and nothing where it is neither. */
        private static Duration wish(String text, Instant now) {
            try {
                var wish = text.matches("\\d{1,9}")
                        ? Duration.ofSeconds(Long.parseLong(text))
                        : Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
                return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
            } catch (DateTimeException e) {
                return Duration.ZERO;
            }
        }

        /** Whether the platform failed rather than this score. */
        boolean isPlatformsOwn() {
            return state == ScoreStore.State.WAITING
                    && (status == 0 || status >= 500 || status == 401 || status == 403);
        }

        private static Duration pause(ScoreStore.Row row) {
            var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(row.tries(), 12));
            return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }

        // Canvas says 403 where others say 429.
        private static boolean isRateLimit(Answer answer) {
            return answer.headers("x-rate-limit-remaining").stream().anyMatch(text -> text.startsWith("0"))
                    || new String(answer.body(), StandardCharsets.UTF_8).contains("Rate Limit");
        }
    }
}
