package org.cairn.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.AttachmentId;
import org.cairn.PlatformId;
import org.cairn.award.Awarding;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Binding;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.Definition;
import org.cairn.catalog.IssuerSettings;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.Source;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.lti.CourseStore;
import org.cairn.lti.Deployment;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.Particulars;
import org.cairn.openbadges.image.Design;
import org.cairn.people.TenantStore;
import org.cairn.rule.RuleJson;
import org.cairn.rule.Slot;

/** Cairn's rooms above a database that keeps what it commits: an H2 file, or PostgreSQL with fsync on. */
final class Bench implements AutoCloseable {

    final Clock clock = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    final Path folder;
    final EmbeddedPostgres postgres;
    final Database database;
    final Keys keys;
    final Awarding awarding;
    final Platform platform;
    final Deployment deployment;

    Bench(String kind, URI keySet) throws IOException {
        this.folder = Temporary.folder();
        postgres = kind.equals("postgres") ? server() : null;
        database = postgres == null
                ? Database.inFolder(folder)
                : Database.open(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        keys = new Keys(database, MasterKey.open(folder.resolve("master.key")), clock);
        var catalogues = new Catalogues();
        awarding = new Awarding(
                database, catalogues, new Credentials(new Addresses("https://cairn.example.edu"), keys), clock);
        var issuer = "https://lms.example.edu";
        platform = database.inTransaction(db -> PlatformStore.save(
                db,
                new Platform(
                        PlatformId.fresh(),
                        issuer,
                        "client",
                        "LMS",
                        "",
                        URI.create(issuer + "/auth"),
                        URI.create(issuer + "/token"),
                        issuer + "/token",
                        keySet,
                        "RS256",
                        List.of(issuer),
                        false),
                clock.instant()));
        deployment = database.inTransaction(db -> {
            var tenant = TenantStore.findOrCreate(db, "here", "Here", ZoneId.of("Europe/Vienna"), clock.instant())
                    .id();
            IssuerStore.findOrCreate(db, tenant, new IssuerSettings("Here", null, null, null), clock.instant());
            return PlatformStore.deploy(db, tenant, platform.id(), "1", clock.instant());
        });
        define(catalogues);
    }

    /** Three micro-credentials, of one quiz each, and a certificate over them. */
    private void define(Catalogues catalogues) {
        var now = clock.instant();
        database.inTransaction(db -> {
            var definitions = new LinkedHashMap<AchievementId, Definition>();
            for (var name : List.of("a", "b", "c")) {
                definitions.put(
                        new AchievementId(name), definition("{\"score\":\"" + name + "\",\"atLeast\":70}", name));
            }
            definitions.put(
                    new AchievementId("stack"),
                    definition("{\"allOf\":[{\"holds\":\"a\"},{\"holds\":\"b\"},{\"holds\":\"c\"}]}", null));
            var course = CourseStore.findOrCreate(db, deployment.tenant(), deployment.id(), "course", now);
            var attachments = List.of("a", "b", "c").stream()
                    .map(name -> {
                        var activity = ActivityStore.findOrCreate(
                                        db, deployment.tenant(), course.id(), Source.PUSH, Set.of(name), now)
                                .get(name);
                        return new Attachment(
                                AttachmentId.fresh(),
                                course.id(),
                                new AchievementId(name),
                                null,
                                1,
                                false,
                                Map.of(new Slot(name), new Binding(activity, name)));
                    })
                    .toList();
            return catalogues.define(db, IssuerStore.get(db, deployment.tenant()), definitions, attachments, now);
        });
    }

    private static Definition definition(String rule, String slot) {
        try {
            var slots = new HashMap<Slot, String>();
            if (slot != null) {
                slots.put(new Slot(slot), slot);
            }
            return new Definition(
                    "Name",
                    "About",
                    Definition.Kind.MICRO_CREDENTIAL,
                    BigDecimal.ONE,
                    "ects",
                    25,
                    6,
                    List.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    slots,
                    RuleJson.read(new ObjectMapper().readTree(rule)),
                    null,
                    Design.NONE,
                    Definition.Status.PUBLISHED,
                    Particulars.NONE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static EmbeddedPostgres server() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    static void analyze(Database database) throws SQLException {
        try (var connection = database.source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("analyze");
            connection.commit();
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
