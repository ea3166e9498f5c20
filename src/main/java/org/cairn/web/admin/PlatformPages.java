package org.cairn.web.admin;

import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.lti.ConnectionStore;
import org.cairn.lti.FormerStore;
import org.cairn.lti.KeySets;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.people.OperatorActionStore;
import org.cairn.web.Pages;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The platforms: all of them, and one with what it needs to know of us and we of it. */
public final class PlatformPages {

    /** A platform in the list. */
    public record Row(String name, String path, String product, String issuer, int deployments, String launched) {}

    public record ListView(AdminFrame frame, List<Row> rows) {}

    /**
     * One platform.
     *
     * @param mayChange whether no other tenant has anything to do with it
     * @param keySet how many of its keys are known and since when, in words
     */
    public record View(
            AdminFrame frame,
            Platform platform,
            boolean mayChange,
            URI loginUrl,
            URI launchUrl,
            URI keySetUrl,
            String keySet,
            boolean isKeySetKnown,
            List<DeploymentPages.Row> deployments,
            List<String> consumers) {

        public String path() {
            return "/admin/platforms/" + platform.id();
        }

        public String frameOrigins() {
            return String.join("\n", platform.frameOrigins());
        }
    }

    // It goes into a header word by word, and tokens may be sent there.
    private static final Pattern ORIGIN =
            Pattern.compile("https://[a-z0-9.-]+(:[0-9]{1,5})?|http://(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?");
    private static final int MOST_ORIGINS = 20;

    private final Database database;
    private final Keys keys;
    private final KeySets keySets;
    private final URI publicUrl;
    private final Clock clock;

    PlatformPages(Database database, Keys keys, KeySets keySets, URI publicUrl, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.keySets = keySets;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        var rows = database.inTransaction(db -> {
            var seen = ConnectionStore.seen(db, visit.operator().tenant());
            var numbers = new HashMap<PlatformId, Integer>();
            var launches = new HashMap<PlatformId, Instant>();
            for (var one : ConnectionStore.list(db, visit.tenantIds())) {
                var deployment = one.deployment();
                numbers.merge(deployment.platform(), 1, Integer::sum);
                if (deployment.launchedAt() != null) {
                    launches.merge(deployment.platform(), deployment.launchedAt(), (a, b) -> a.isAfter(b) ? a : b);
                }
            }
            return PlatformStore.list(db).stream()
                    .filter(platform -> seen.contains(platform.id()))
                    .map(platform -> row(platform, numbers, launches))
                    .toList();
        });
        Pages.own(
                context, "admin/platforms", new ListView(visit.frame(context, "Platforms", "/admin/platforms"), rows));
    }

    void show(Context context, AdminVisit visit) {
        var platform = database.inTransaction(db -> seen(db, context, visit));
        var known = keySets.known(platform);
        var view = database.inTransaction(db -> {
            boolean mayChange = run(db, visit).contains(platform.id());
            var deployments = ConnectionStore.list(db, visit.tenantIds()).stream()
                    .filter(one -> one.deployment().platform().equals(platform.id()))
                    .map(one -> DeploymentPages.row(visit, one, platform.name(), clock.instant()))
                    .toList();
            return new View(
                    visit.frame(context, platform.name(), "/admin/platforms"),
                    platform,
                    mayChange,
                    publicUrl.resolve("/lti/login/" + platform.id()),
                    publicUrl.resolve("/lti/launch"),
                    publicUrl.resolve("/lti/jwks"),
                    known.map(set -> "%s, fetched %s"
                                    .formatted(
                                            Moments.count(set.keys(), "key"),
                                            Moments.ago(set.fetchedAt(), clock.instant())))
                            .orElse("never fetched"),
                    known.isPresent(),
                    deployments,
                    mayChange ? ConnectionStore.consumers(db, platform.id()) : List.of());
        });
        Pages.own(context, "admin/platform", view);
    }

    /** Whose pages may show Cairn, and whether people may launch without saying who they are. */
    void change(Context context, AdminVisit visit) {
        var origins = origins(String.valueOf(context.formParam("origins")));
        boolean anonymous = "yes".equals(context.formParam("anonymous"));
        var path = database.inTransaction(db -> {
            var platform = changeable(db, context, visit);
            PlatformStore.save(db, platform.with(origins, anonymous), clock.instant());
            note(db, visit, "changed the settings of", platform.name());
            return path(platform.id());
        });
        AdminVisit.go(context, path, Done.SAVED);
    }

    void fetchKeys(Context context, AdminVisit visit) {
        var platform = database.inTransaction(db -> changeable(db, context, visit));
        keySets.refresh(platform);
        AdminVisit.go(context, path(platform.id()), Done.KEYS_FETCHED);
    }

    /** Keeps a secret of the days of LTI 1.1. */
    void keepSecret(Context context, AdminVisit visit) {
        var consumer = Fields.line(context, "consumer", "The consumer key", 255);
        var secret = Fields.line(context, "secret", "The secret", 255);
        var path = database.inTransaction(db -> {
            var platform = changeable(db, context, visit);
            FormerStore.save(db, keys, platform.id(), consumer, secret);
            note(db, visit, "kept an LTI 1.1 secret for", platform.name());
            return path(platform.id());
        });
        AdminVisit.go(context, path, Done.SECRET_KEPT);
    }

    static Set<PlatformId> run(DSLContext db, AdminVisit visit) {
        return ConnectionStore.run(db, visit.operator().tenant());
    }

    private void note(DSLContext db, AdminVisit visit, String action, String subject) {
        OperatorActionStore.add(db, visit.operator(), visit.operator().tenant(), action, subject, clock.instant());
    }

    private static Platform seen(DSLContext db, Context context, AdminVisit visit) {
        var id = Fields.id(context.pathParam("platform"), PlatformId::of);
        if (!ConnectionStore.seen(db, visit.operator().tenant()).contains(id)) {
            throw AdminVisit.notHere();
        }
        return PlatformStore.get(db, id);
    }

    private static Platform changeable(DSLContext db, Context context, AdminVisit visit) {
        var platform = seen(db, context, visit);
        if (!run(db, visit).contains(platform.id())) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "platform_shared",
                    "Other tenants launch from this platform too; ask an operator who runs all of them.");
        }
        return platform;
    }

    private static List<String> origins(String text) {
        var origins = Arrays.stream(text.strip().split("\\s+")).distinct().toList();
        if (origins.size() > MOST_ORIGINS
                || !origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())) {
            throw Fields.refused(
                    "Write one to twenty addresses, one on each line, such as https://moodle.example.edu, without a path.");
        }
        return origins;
    }

    private Row row(Platform platform, Map<PlatformId, Integer> numbers, Map<PlatformId, Instant> launches) {
        @Nullable Instant last = launches.get(platform.id());
        return new Row(
                platform.name(),
                path(platform.id()),
                platform.product(),
                platform.issuer(),
                numbers.getOrDefault(platform.id(), 0),
                Moments.ago(last, clock.instant()));
    }

    private static String path(PlatformId platform) {
        return "/admin/platforms/" + platform;
    }
}
