package org.cairn.web.admin;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.keys.LtiKey;
import org.cairn.people.OperatorActionStore;
import org.cairn.web.Pages;
import org.jspecify.annotations.Nullable;

/** Our keys for LMSs: which one signs, which comes next, which one goes. They are every tenant's, so only who runs all of them is here. */
public final class KeyPages {

    /**
     * A key. The bar of its life is drawn from {@code from} to {@code to} (of 1000) of the time that the page shows, signing from {@code signs}
     * to {@code signsTo}.
     */
    public record Row(
            String kid,
            String path,
            String word,
            String style,
            String note,
            boolean canWithdraw,
            int from,
            int to,
            int signs,
            int signsTo) {}

    /** {@code now} is where today stands on the drawing, of 1000. */
    public record View(
            AdminFrame frame,
            List<Row> rows,
            List<Row> gone,
            int now,
            String begins,
            String ends,
            boolean canRotate,
            String rotation) {}

    /** Asks before a key is withdrawn, saying what follows. */
    public record WithdrawView(AdminFrame frame, String kid, String path, String word, List<String> follows) {}

    private static final Duration BEFORE = Duration.ofDays(7);
    private static final Duration AFTER = Duration.ofDays(7);

    private final Database database;
    private final Keys keys;
    private final Duration every;
    private final Clock clock;

    KeyPages(Database database, Keys keys, Duration every, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.every = every;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        visit.requireAll();
        var now = clock.instant();
        var states = keys.ltiStates();
        var begins = now.minus(BEFORE);
        var ends = now.plus(AFTER);
        var rows = states.stream()
                .filter(key -> key.state().isPublished())
                .map(key -> row(key, begins, ends))
                .toList();
        var gone = states.stream()
                .filter(key -> !key.state().isPublished())
                .limit(10)
                .map(key -> row(key, begins, ends))
                .toList();
        boolean isUnderWay = states.stream().anyMatch(key -> key.state() == LtiKey.State.NEXT);
        Pages.own(
                context,
                "admin/keys",
                new View(
                        visit.frame(context, "Our keys", "/admin/keys"),
                        rows,
                        gone,
                        place(now, begins, ends),
                        Moments.day(begins),
                        Moments.day(ends),
                        !isUnderWay,
                        "Cairn makes the next key by itself when one has signed for %s."
                                .formatted(Moments.count(every.toDays(), "day"))));
    }

    void rotate(Context context, AdminVisit visit) {
        visit.requireAll();
        var next = keys.rotateLti();
        note(visit, "rotated our keys, next is", next.kid());
        AdminVisit.go(context, "/admin/keys", Done.ROTATED);
    }

    void askWithdraw(Context context, AdminVisit visit) {
        visit.requireAll();
        var key = find(context);
        Pages.own(
                context,
                "admin/key-withdrawal",
                new WithdrawView(
                        visit.frame(context, "Withdraw a key", "/admin/keys"),
                        key.kid(),
                        path(key),
                        word(key),
                        follows(key)));
    }

    void withdraw(Context context, AdminVisit visit) {
        visit.requireAll();
        var key = find(context);
        keys.withdrawLti(key.kid());
        note(visit, "withdrew our key", key.kid());
        AdminVisit.go(context, "/admin/keys", Done.KEY_WITHDRAWN);
    }

    private LtiKey find(Context context) {
        return keys.ltiStates().stream()
                .filter(key -> key.kid().equals(context.pathParam("key")))
                .filter(key -> key.state() != LtiKey.State.WITHDRAWN)
                .findFirst()
                .orElseThrow(AdminVisit::notHere);
    }

    // The keys are kept by a room of their own, in a transaction of its own.
    private void note(AdminVisit visit, String action, String kid) {
        database.inTransaction(db -> {
            OperatorActionStore.add(db, visit.operator(), null, action, kid, clock.instant());
            return null;
        });
    }

    private List<String> follows(LtiKey key) {
        boolean hasNext = keys.ltiStates().stream().anyMatch(one -> one.state() == LtiKey.State.NEXT);
        return switch (key.state()) {
            case ACTIVE ->
                List.of(
                        hasNext
                                ? "The next key signs from this moment on."
                                : "A new key is made and signs from this moment on.",
                        "An LMS that has not fetched that key yet refuses our calls until it does, mostly within a day: grades wait in the"
                                + " outbox meanwhile, and rosters stay as they are. Launches go on.",
                        "What was signed with this key and is still on its way is refused; a choice of a credential that is open in a browser"
                                + " has to be made again.",
                        "What learners hold is signed with other keys and stays valid.");
            case NEXT ->
                List.of(
                        "It never signs anything. The key that signs now goes on.",
                        "The next rotation makes another one, with two days for the LMSs to fetch it.");
            default ->
                List.of(
                        "It signs nothing any more; what it signed within the last minutes is refused from now on.",
                        "What learners hold is signed with other keys and stays valid.");
        };
    }

    private static Row row(LtiKey key, Instant begins, Instant ends) {
        var until = key.until();
        var signsTo = key.replacedAt();
        return new Row(
                key.kid(),
                path(key),
                word(key),
                style(key),
                note(key),
                key.state() != LtiKey.State.WITHDRAWN,
                place(key.createdAt(), begins, ends),
                until == null ? 1000 : place(until, begins, ends),
                place(key.activeAt(), begins, ends),
                signsTo == null ? 1000 : place(signsTo, begins, ends));
    }

    private static String note(LtiKey key) {
        @Nullable Instant until = key.until();
        return switch (key.state()) {
            case NEXT -> "published; signs from " + Moments.of(key.activeAt());
            case ACTIVE -> "signs since " + Moments.of(key.activeAt());
            case RETIRING -> "published until " + (until == null ? "" : Moments.of(until));
            case RETIRED -> "signed from " + Moments.of(key.activeAt());
            case WITHDRAWN -> "not to be believed";
        };
    }

    private static String word(LtiKey key) {
        return switch (key.state()) {
            case NEXT -> "Next";
            case ACTIVE -> "Signs";
            case RETIRING -> "Retiring";
            case RETIRED -> "Retired";
            case WITHDRAWN -> "Withdrawn";
        };
    }

    private static String style(LtiKey key) {
        return switch (key.state()) {
            case NEXT -> "open";
            case ACTIVE -> "earned";
            case RETIRING -> "waiting";
            case RETIRED -> "closed";
            case WITHDRAWN -> "revoked";
        };
    }

    private static String path(LtiKey key) {
        return "/admin/keys/" + key.kid() + "/withdrawal";
    }

    private static int place(Instant at, Instant begins, Instant ends) {
        long whole = Duration.between(begins, ends).toSeconds();
        return (int) Math.clamp(Duration.between(begins, at).toSeconds() * 1000 / whole, 0, 1000);
    }
}
