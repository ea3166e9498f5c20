package org.cairn.web.admin;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cairn.AchievementId;
import org.cairn.ApplicationId;
import org.cairn.CredentialId;
import org.cairn.DeploymentId;
import org.cairn.LearnerId;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.lti.CourseStore;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.registration.Invitation;
import org.cairn.lti.registration.Invitations;
import org.cairn.lti.service.ScoreStore;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Artworks;
import org.cairn.openbadges.Endorsing;
import org.cairn.people.AccountStore;
import org.cairn.people.OperatorStore;
import org.cairn.people.Person;
import org.cairn.people.TenantStore;
import org.cairn.testing.TestApp;
import org.cairn.testing.World;
import org.jooq.DSLContext;

/** The demo's tenant, and a neighbour; each with everything that an operator can look at or change. */
final class TwoTenants {

    /** One tenant's things. {@code knocks} are deployments that wait. */
    record Things(
            TenantId tenant,
            PlatformId platform,
            DeploymentId deployment,
            Invitation invitation,
            OperatorStore.Added operator,
            OperatorStore.Added colleague,
            ApplicationId application,
            LearnerId applicant,
            UUID endorsement,
            CredentialId given,
            String picture,
            List<String> knocks) {}

    final TestApp app;
    final Things here;
    final Things there;
    final Desk all;

    TwoTenants(TestApp app) {
        this.app = app;
        var tenant = database().inTransaction(db -> TenantStore.list(db).getFirst());
        var platform =
                database().inTransaction(db -> PlatformStore.list(db).getFirst().id());
        this.here = things(tenant.id(), platform, "here", "1");
        var neighbour = database().inTransaction(db -> {
            var other =
                    TenantStore.findOrCreate(db, "there", "There College", ZoneId.of("America/Toronto"), Instant.EPOCH);
            PlatformStore.save(db, World.platform("https://lms.there.example", "c2"), Instant.EPOCH);
            return other.id();
        });
        var other = database()
                .inTransaction(db -> PlatformStore.find(db, "https://lms.there.example", "c2")
                        .orElseThrow()
                        .id());
        this.there = things(neighbour, other, "there", "deployment-there");
        this.all = Desk.signedIn(app.url(), app.cairn().firstToken().orElseThrow());
    }

    Database database() {
        return app.cairn().database();
    }

    Desk desk(Things things) {
        return Desk.signedIn(app.url(), things.operator().token());
    }

    private Things things(TenantId tenant, PlatformId platform, String mark, String deployment) {
        var invitation = new Invitations(database(), URI.create(app.url()), Clock.systemUTC())
                .create(tenant, "Invited-" + mark, Duration.ofDays(7))
                .invitation();
        return database().inTransaction(db -> {
            var now = Instant.now();
            var deployed = PlatformStore.deploy(db, tenant, platform, deployment, now);
            refuseScore(db, tenant, deployed.id(), platform, mark, now);
            db.execute(
                    "insert into subscription (tenant_id, deployment_id, url, types, problem) values (?, ?, ?, ?, ?)",
                    tenant.value(),
                    deployed.id().value(),
                    "https://lms.example/notices",
                    "LtiContextCopyNotice",
                    "Problem-" + mark);
            for (int i = 1; i <= 2; i++) {
                db.execute(
                        "insert into pending_deployment values (?, ?, ?, ?)",
                        platform.value(),
                        "knock-" + mark + "-" + i,
                        java.sql.Timestamp.from(now),
                        java.sql.Timestamp.from(now));
            }
            return new Things(
                    tenant,
                    platform,
                    deployed.id(),
                    invitation,
                    OperatorStore.add(db, tenant, "Operator-" + mark, now),
                    OperatorStore.add(db, tenant, "Colleague-" + mark, now),
                    apply(db, tenant, platform, mark, now),
                    applicant(db, tenant, platform, now),
                    endorse(db, tenant, mark, now),
                    give(db, tenant, mark, now),
                    upload(db, tenant, mark, now),
                    List.of("knock-" + mark + "-1", "knock-" + mark + "-2"));
        });
    }

    private static ApplicationId apply(DSLContext db, TenantId tenant, PlatformId platform, String mark, Instant now) {
        var achievement = new AchievementId("asked-" + mark);
        var rule = "{'rule':1,'mode':'approve','asks':{'approved':'portfolio'}}";
        var issuer = IssuerStore.findOrCreate(db, tenant, new IssuerSettings("Issuer", null, null, "AT"), now);
        new Catalogues()
                .define(db, issuer, Map.of(achievement, World.definition("Asked-" + mark, rule)), List.of(), now);
        var id = ApplicationId.fresh();
        var learner = applicant(db, tenant, platform, now);
        db.execute(
                "insert into application (id, tenant_id, learner_id, achievement_id, kind, said, applied_at)"
                        + " values (?, ?, ?, ?, 'AWARD', ?, ?)",
                id.value(),
                tenant.value(),
                learner.value(),
                achievement.value(),
                "Please-" + mark,
                java.sql.Timestamp.from(now));
        return id;
    }

    private static UUID endorse(DSLContext db, TenantId tenant, String mark, Instant now) {
        var id = UUID.randomUUID();
        var at = java.sql.Timestamp.from(now);
        var text = "{\"@context\":[],\"issuer\":\"https://partner-%s.example\"}".formatted(mark);
        var by = OperatorStore.add(db, tenant, "Endorsing-" + mark, now)
                .operator()
                .id();
        db.execute(
                "insert into endorsement (id, tenant_id, achievement_id, version, signed, signed_hash, taken_at, taken_by, verdict,"
                        + " checked_at, valid_at) values (?, ?, ?, 1, ?, ?, ?, ?, 'VALID', ?, ?)",
                id,
                tenant.value(),
                "asked-" + mark,
                text,
                "hash-" + mark,
                at,
                by.value(),
                at,
                at);
        return id;
    }

    private CredentialId give(DSLContext db, TenantId tenant, String mark, Instant now) {
        var praise = new Endorsing.Praise("https://praised-" + mark + ".example/1", "Praised", "Good.", null);
        return new Endorsing(new Addresses(app.url()), app.cairn().keys())
                .give(db, IssuerStore.get(db, tenant), praise, now)
                .id();
    }

    /** The same picture in each tenant: by its digest alone, each would find the other's. */
    private static String upload(DSLContext db, TenantId tenant, String mark, Instant now) {
        var artwork = Artworks.lighthouse();
        db.execute(
                "insert into artwork (tenant_id, digest, png, alternative, uploaded_at) values (?, ?, ?, ?, ?)",
                tenant.value(),
                artwork.digest(),
                artwork.png(),
                "Lighthouse-" + mark,
                java.sql.Timestamp.from(now));
        return artwork.digest();
    }

    private static LearnerId applicant(DSLContext db, TenantId tenant, PlatformId platform, Instant now) {
        return AccountStore.findOrCreate(db, tenant, platform, List.of(Person.unnamed("applicant")), now)
                .get("applicant")
                .learner();
    }

    private static void refuseScore(
            DSLContext db, TenantId tenant, DeploymentId deployment, PlatformId platform, String mark, Instant now) {
        var course = CourseStore.findOrCreate(db, tenant, deployment, "outbox", now);
        var account = AccountStore.findOrCreate(db, tenant, platform, List.of(Person.unnamed("outbox")), now)
                .get("outbox");
        ScoreStore.want(
                db,
                tenant,
                List.of(new ScoreStore.Wanted(course.id(), "cairn", account.id(), "Column-" + mark, 80, 100)),
                now);
        db.execute(
                "update score set state = 'REFUSED', tries = 3, problem = 'Refused-' || ? where tenant_id = ?",
                mark,
                tenant.value());
    }
}
