package org.cairn.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cairn.AchievementId;
import org.cairn.AttachmentId;
import org.cairn.AwardId;
import org.cairn.CourseId;
import org.cairn.LearnerId;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.cairn.award.AwardStore;
import org.cairn.award.Awarding;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Binding;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.Definition;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.catalog.Regrade;
import org.cairn.db.Database;
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.Observation;
import org.cairn.evidence.Reported;
import org.cairn.evidence.Source;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.lti.Deployment;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Credential;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.Particulars;
import org.cairn.openbadges.image.Design;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Person;
import org.cairn.people.TenantStore;
import org.cairn.rule.RuleJson;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;

/**
 * One tenant with one platform and one course, above a real database: the language in which tests of evidence and awards speak.
 * Activities are called by their slots' names.
 */
public final class World implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    public final Database database;
    public final SettableClock clock = new SettableClock();
    public final Keys keys;
    public final Credentials credentials;
    public final Catalogues catalogues = new Catalogues();
    public final Awarding awarding;
    public final TenantId tenant;
    public final Deployment deployment;
    public final String context = "course-1";

    public World(Databases databases) {
        this(databases.open());
    }

    public World(Database database) {
        this.database = database;
        this.keys = new Keys(database, MasterKey.open(TestApp.folder().resolve("master.key")), clock);
        this.credentials = new Credentials(new Addresses("https://cairn.example.edu"), keys);
        this.awarding = new Awarding(database, catalogues, credentials, clock);
        var now = clock.instant();
        this.tenant = database.inTransaction(
                db -> TenantStore.findOrCreate(db, "here", "Here", ZoneId.of("Europe/Vienna"), now)
                        .id());
        this.deployment = database.inTransaction(db -> {
            var platform = PlatformStore.save(db, platform("https://lms.example.edu", "client"), now);
            IssuerStore.findOrCreate(db, tenant, new IssuerSettings("Here University", null, null, "AT"), now);
            return PlatformStore.deploy(db, tenant, platform.id(), "1", now);
        });
    }

    public static Platform platform(String issuer, String clientId) {
        return new Platform(
                PlatformId.fresh(),
                issuer,
                clientId,
                "LMS",
                "moodle",
                URI.create(issuer + "/auth"),
                URI.create(issuer + "/token"),
                issuer + "/token",
                URI.create(issuer + "/jwks"),
                "RS256",
                List.of(issuer),
                false);
    }

    /** Publishes an achievement whose rule is JSON in the short form of single quotes, and attaches it if it has slots. */
    public void define(String id, String rule) {
        define(Map.of(id, rule));
    }

    public void define(Map<String, String> rules) {
        var definitions = new LinkedHashMap<AchievementId, Definition>();
        rules.forEach((id, rule) -> definitions.put(new AchievementId(id), definition(id, rule)));
        publish(definitions);
    }

    /** The same, with what becomes of its awards when reports no longer meet the rule. */
    public void define(String id, String rule, Regrade regrade) {
        define(Map.of(id, rule), regrade);
    }

    public void define(Map<String, String> rules, Regrade regrade) {
        var definitions = new LinkedHashMap<AchievementId, Definition>();
        rules.forEach((id, rule) ->
                definitions.put(new AchievementId(id), definition(id, rule).withRegrade(regrade)));
        publish(definitions);
    }

    public void publish(Map<AchievementId, Definition> definitions) {
        publish(definitions, true);
    }

    public void publish(Map<AchievementId, Definition> definitions, boolean attached) {
        var now = clock.instant();
        database.inTransaction(db -> {
            var attachments = definitions.entrySet().stream()
                    .filter(entry -> attached && !entry.getValue().slots().isEmpty())
                    .map(entry -> attachment(
                            db,
                            context,
                            entry.getKey(),
                            entry.getValue().slots().keySet().stream()
                                    .collect(Collectors.toMap(Slot::name, Slot::name))))
                    .toList();
            return catalogues.define(db, IssuerStore.get(db, tenant), definitions, attachments, now);
        });
    }

    /** Attaches what is published already, anywhere, or fills its slots anew: each with the activity of this name. */
    public void attach(String context, String achievement, Map<String, String> slots) {
        database.inTransaction(db -> {
            var attachment = attachment(db, context, new AchievementId(achievement), slots);
            return catalogues.define(db, IssuerStore.get(db, tenant), Map.of(), List.of(attachment), clock.instant());
        });
    }

    private Attachment attachment(DSLContext db, String context, AchievementId achievement, Map<String, String> slots) {
        var now = clock.instant();
        var course = CourseStore.findOrCreate(db, tenant, deployment.id(), context, now);
        var bindings = new HashMap<Slot, Binding>();
        slots.forEach((slot, name) -> {
            var activity = ActivityStore.findOrCreate(db, tenant, course.id(), Source.PUSH, Set.of(name), now)
                    .get(name);
            bindings.put(new Slot(slot), new Binding(activity, name));
        });
        return new Attachment(AttachmentId.fresh(), course.id(), achievement, null, 1, false, bindings);
    }

    public static Definition definition(String name, String rule) {
        return definition(name, rule, Set.of(), Set.of());
    }

    public static Definition definition(
            String name, String rule, Set<AchievementId> countsAs, Set<Definition.Allowance> allows) {
        try {
            var requirement = RuleJson.read(JSON.readTree(rule.replace('\'', '"')));
            var slots = new HashMap<Slot, String>();
            requirement.slots().forEach(slot -> slots.put(slot, slot.name()));
            requirement.handIns().forEach(slot -> slots.put(slot, slot.name()));
            requirement.hours().forEach(slot -> slots.put(slot, slot.name()));
            return new Definition(
                    name,
                    "About " + name,
                    Definition.Kind.MICRO_CREDENTIAL,
                    BigDecimal.ONE,
                    "ects",
                    25,
                    6,
                    List.of(),
                    Set.of(),
                    countsAs,
                    allows,
                    slots,
                    requirement,
                    null,
                    Design.NONE,
                    Definition.Status.PUBLISHED,
                    Particulars.NONE);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A grade of this moment, out of 100. */
    public Awarding.Recorded grade(String sub, String activity, double score) {
        return record(observation(sub, activity, 1, score, clock.instant()));
    }

    public Awarding.Recorded record(Observation... observations) {
        return awarding.record(deployment, context, Source.PUSH, List.of(observations));
    }

    public static Observation observation(String sub, String activity, int attempt, double score, Instant at) {
        return new Observation(
                activity, sub, attempt, Reported.graded(BigDecimal.valueOf(score), BigDecimal.valueOf(100)), at, null);
    }

    /** What somebody holds now: ids in order, revoked ones left out. */
    public Set<String> holds(String sub) {
        var held = new TreeSet<String>();
        database.inTransaction(db -> AwardStore.list(db, tenant, learner(sub))).stream()
                .filter(award -> award.stands() && !award.hasEnded(clock.instant()))
                .forEach(award -> held.add(award.achievement().value()));
        return held;
    }

    /** The form of an award that was signed first. */
    public Credential credential(AwardId award) {
        return database.inTransaction(db -> credentials.list(db, tenant, List.of(award)))
                .getFirst();
    }

    public LearnerId learner(String sub) {
        return account(sub).learner();
    }

    public Account account(String sub) {
        return database.inTransaction(db -> AccountStore.findOrCreate(
                        db, tenant, deployment.platform(), List.of(Person.unnamed(sub)), clock.instant())
                .get(sub));
    }

    /** The course of its own. */
    public CourseId here() {
        return course(context).id();
    }

    public Course course(String context) {
        return database.inTransaction(
                db -> CourseStore.findOrCreate(db, tenant, deployment.id(), context, clock.instant()));
    }

    @Override
    public void close() {
        database.close();
    }
}
