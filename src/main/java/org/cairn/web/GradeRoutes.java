package org.cairn.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.cairn.Problem;
import org.cairn.award.Awarding;
import org.cairn.db.Database;
import org.cairn.evidence.GradeKeyStore;
import org.cairn.evidence.GradePush;
import org.cairn.evidence.Source;
import org.cairn.lti.Deployment;
import org.cairn.lti.PlatformStore;

/** Grades that are sent to Cairn. */
final class GradeRoutes {

    private static final int LARGEST = 1024 * 1024;
    private static final Set<String> MEDIA = Set.of("application/json", "application/vnd.ims.lis.v1.score+json");

    private final Database database;
    private final Awarding awarding;
    private final Clock clock;

    GradeRoutes(Database database, Awarding awarding, Clock clock) {
        this.database = database;
        this.awarding = awarding;
        this.clock = clock;
    }

    /** Takes one AGS Score or up to 500, and answers 202 with what became of each; 422 where not one of them could be taken. */
    void receive(Context context) throws IOException {
        var deployment = sender(context);
        if (!MEDIA.contains(Body.type(context))) {
            throw new Problem(
                    Problem.Kind.WRONG_MEDIA_TYPE,
                    "grades_media_type",
                    "Send grades as application/json; nothing was kept.");
        }
        var course = bounded(context.pathParam("context"));
        var activity = bounded(context.pathParam("activity"));
        var items = GradePush.read(Body.read(context, LARGEST, GradeRoutes::tooLarge), activity, clock.instant());
        var observations = items.stream()
                .map(GradePush.Item::observation)
                .filter(Objects::nonNull)
                .toList();
        var recorded = awarding.record(deployment, course, Source.PUSH, observations);
        answer(context, items, recorded);
    }

    /**
     * The sender's key fixes the deployment; the path only repeats it, so that a key is not used for the wrong one by mistake. A key of a
     * deployment that was moved to another tenant is none.
     */
    private Deployment sender(Context context) {
        var authorization = String.valueOf(context.header("Authorization"));
        var key = authorization.startsWith("Bearer ") ? authorization.substring(7) : "";
        var deployment = database.inTransaction(db -> GradeKeyStore.find(db, key)
                        .flatMap(sender ->
                                PlatformStore.findDeployment(db, List.of(sender.tenant()), sender.deployment())))
                .orElseThrow(() -> new Problem(
                        Problem.Kind.UNAUTHENTICATED,
                        "grade_key_unknown",
                        "Send a grade key as bearer token; `cairn key add` makes one. Nothing was kept."));
        if (!deployment.externalId().equals(context.pathParam("deployment"))) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "grade_key_elsewhere",
                    "This key is for another deployment than the address names; nothing was kept.");
        }
        return deployment;
    }

    private static Problem tooLarge() {
        return new Problem(
                Problem.Kind.TOO_LARGE, "grades_too_large", "Send at most 1 MB in one request; nothing was kept.");
    }

    private static String bounded(String id) {
        if (id.isBlank() || id.length() > 255) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "grades_address",
                    "The ids in the address have 1 to 255 characters; nothing was kept.");
        }
        return id;
    }

    private static void answer(Context context, List<GradePush.Item> items, Awarding.Recorded recorded) {
        var json = JsonNodeFactory.instance.objectNode();
        var outcomes = json.putArray("outcomes");
        var kept = recorded.outcomes().iterator();
        for (var item : items) {
            var outcome = outcomes.addObject();
            if (item.observation() != null) {
                outcome.put("outcome", kept.next().name().toLowerCase(Locale.ROOT));
            } else {
                outcome.put("outcome", "refused").put("detail", item.fault());
            }
        }
        json.put("awards", recorded.awards().size());
        json.put("correlationId", Problems.id(context));
        boolean isRefused = recorded.outcomes().isEmpty() && !items.isEmpty();
        context.status(isRefused ? 422 : 202).contentType("application/json").result(json.toString());
    }
}
