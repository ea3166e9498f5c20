package org.cairn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairn.award.Applying;
import org.cairn.award.Attaching;
import org.cairn.award.Awarding;
import org.cairn.award.Collecting;
import org.cairn.award.Deciding;
import org.cairn.award.Erasing;
import org.cairn.award.Importing;
import org.cairn.award.Issuers;
import org.cairn.award.Renewing;
import org.cairn.award.Reviewing;
import org.cairn.award.Sharing;
import org.cairn.award.Waking;
import org.cairn.catalog.Artworks;
import org.cairn.catalog.CatalogueFile;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.Endorsements;
import org.cairn.catalog.IssuerNameStore;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.lti.DeepLinking;
import org.cairn.lti.KeySets;
import org.cairn.lti.Launches;
import org.cairn.lti.Login;
import org.cairn.lti.Notices;
import org.cairn.lti.doctor.Doctor;
import org.cairn.lti.registration.Invitations;
import org.cairn.lti.registration.PlatformFiles;
import org.cairn.lti.registration.Registrations;
import org.cairn.lti.service.Gradebook;
import org.cairn.lti.service.Groups;
import org.cairn.lti.service.Roster;
import org.cairn.lti.service.Scores;
import org.cairn.lti.service.Subscriptions;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.Endorsing;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.SharedLinks;
import org.cairn.openbadges.backpack.Apps;
import org.cairn.openbadges.backpack.Connections;
import org.cairn.openbadges.backpack.ConsentSessions;
import org.cairn.openbadges.certificate.Fonts;
import org.cairn.openbadges.verification.Standards;
import org.cairn.openbadges.verification.Verifier;
import org.cairn.openbadges.wallet.WalletOffers;
import org.cairn.openid.OpenId;
import org.cairn.outbound.Outbound;
import org.cairn.people.OperatorStore;
import org.cairn.people.SessionStore;
import org.cairn.people.TenantStore;
import org.cairn.rule.Finding;
import org.cairn.web.Checks;
import org.cairn.web.Server;
import org.cairn.web.admin.AdminRoutes;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cairn, wired and running: every room made with plain {@code new}, from the database up to the server. */
public final class Cairn implements AutoCloseable {

    public static final String USER_AGENT = "Cairn/1.0 (+https://github.com/cairn)";

    /** How long a page waits for its course to be checked. */
    private static final Duration CHECK = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Cairn.class);

    private final Config config;
    private final Database database;
    private final Outbound outbound;
    private final Keys keys;
    private final Addresses addresses;
    private final Awarding awarding;
    private final Importing importing;
    private final Collecting collecting;
    private final Waking waking;
    private final Renewing renewing;
    private final Scores scores;
    private final Notices notices;
    private final Subscriptions subscriptions;
    private final Doctor doctor;
    private final Endorsements endorsements;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Issuers issuers;
    private final Server server;
    private final Optional<String> firstToken;
    private final int port;

    /** Opens the database, takes in the configuration files, and starts serving. */
    public static Cairn start(Config config, Clock clock) {
        return new Cairn(config, clock);
    }

    private Cairn(Config config, Clock clock) {
        requireFree(config.host(), config.port());
        var fonts = Fonts.in(config.data().resolve("fonts"));
        this.config = config;
        this.clock = clock;
        this.database = database(config);
        this.outbound = new Outbound(config.allowLoopback(), USER_AGENT);
        this.keys = new Keys(database, MasterKey.open(config.masterKey()), clock);
        var catalogues = new Catalogues();
        this.addresses = new Addresses(
                config.publicUrl().toString(),
                config.formerUrls().stream().map(URI::toString).toList());
        var credentials = new Credentials(addresses, keys);
        var documents = new IssuerDocuments(keys);
        this.awarding = new Awarding(database, catalogues, credentials, clock);
        this.importing = new Importing(database, catalogues, awarding, credentials, config.issuer(), clock);
        var gradebook = new Gradebook(outbound, keys, clock);
        this.collecting = new Collecting(
                database,
                catalogues,
                awarding,
                gradebook,
                new Roster(outbound, keys, clock),
                new Groups(outbound, keys, clock),
                clock);
        this.waking = new Waking(database, catalogues, awarding, credentials, clock);
        var endorsing = new Endorsing(addresses, keys);
        this.renewing = new Renewing(database, credentials, endorsing, clock);
        this.scores = new Scores(database, gradebook, clock);
        var launchUrl = config.publicUrl().resolve("/lti/launch");
        var login = new Login(database, keys, launchUrl, clock);
        var keySets = new KeySets(database, outbound, clock);
        this.notices = new Notices(database, keySets, clock);
        this.subscriptions = new Subscriptions(database, outbound, keys, config.publicUrl(), clock);
        this.doctor = new Doctor(database, keys, keySets, outbound, config.publicUrl(), clock);
        var standards = new Standards(Standards.over(outbound), database, clock);
        var verifier = new Verifier(address -> fetch(outbound, address), standards, id -> Optional.empty());
        this.endorsements =
                new Endorsements(database, catalogues, endorsing, (signed, at) -> verifier.verify(signed, at), clock);
        this.scheduler = scheduler();
        var deciding = new Deciding(database, catalogues, awarding, clock);
        this.issuers =
                new Issuers(database, catalogues, credentials, documents, address -> fetch(outbound, address), clock);
        this.server = new Server(
                config,
                database,
                catalogues,
                keys,
                login,
                new Launches(database, keys, keySets, config.publicUrl(), clock),
                notices,
                awarding,
                new Attaching(database, catalogues, awarding, clock),
                new DeepLinking(database, keys, launchUrl, clock),
                registrations(config, database, keys, outbound, clock),
                new Reviewing(database, catalogues, awarding, clock),
                new Applying(database, catalogues, awarding, clock),
                deciding,
                new Sharing(database, catalogues, credentials, clock),
                credentials,
                documents,
                address -> fetch(outbound, address),
                standards,
                fonts,
                checks(),
                new AdminRoutes(
                        config,
                        database,
                        catalogues,
                        deciding,
                        issuers,
                        addresses,
                        new Erasing(database, credentials, clock),
                        endorsements,
                        new Artworks(database, clock),
                        keys,
                        keySets,
                        new Invitations(database, config.publicUrl(), clock),
                        doctor,
                        new RehearsalRuns(clock),
                        openId(),
                        clock),
                clock);
        takeIn();
        this.firstToken = database.inTransaction(db -> OperatorStore.first(db, clock.instant()))
                .map(OperatorStore.Added::token);
        this.port = server.start(config.host(), config.port());
        scheduler.start();
    }

    public int port() {
        return port;
    }

    /** The sign-in token of the first operator, where there never was any before this start. It can be had only here. */
    public Optional<String> firstToken() {
        return firstToken;
    }

    public Keys keys() {
        return keys;
    }

    public Database database() {
        return database;
    }

    public Awarding awarding() {
        return awarding;
    }

    public Scores scores() {
        return scores;
    }

    public Collecting collecting() {
        return collecting;
    }

    public Doctor doctor() {
        return doctor;
    }

    @Override
    public void close() {
        server.close();
        scheduler.stop();
        outbound.close();
        database.close();
    }

    /** Looks before anything is begun; a server that finds out by itself tells of it in sixty lines. */
    static void requireFree(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException | IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "address_taken",
                    "Cairn cannot listen on %s:%d (%s); stop what does, or choose another port."
                            .formatted(host, port, e.getMessage()));
        }
    }

    static Database database(Config config) {
        try {
            Files.createDirectories(config.data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config.databaseUrl() == null
                ? Database.inFolder(config.data())
                : Database.open(config.databaseUrl(), config.databaseUser(), config.databasePassword());
    }

    static Registrations registrations(Config config, Database database, Keys keys, Outbound outbound, Clock clock) {
        return new Registrations(
                database, keys, outbound, config.publicUrl(), config.issuer().email(), config.allowLoopback(), clock);
    }

    private void takeIn() {
        database.inTransaction(db -> {
            PlatformFiles.load(db, config.ltiConfig().resolve("platforms"), clock.instant());
            requireKnownNames(db);
            issuers.begin(db, TenantStore.list(db));
            return null;
        });
        if (config.catalogue() != null) {
            var catalogue = CatalogueFile.read(content(config.catalogue()));
            warn(importing.findings(catalogue));
            importing.take(catalogue);
        }
        keys.ltiKey();
    }

    /** What was signed names its issuer by an address for ever: who forgets one makes all of it worthless. */
    private void requireKnownNames(DSLContext db) {
        IssuerNameStore.list(db).stream()
                .filter(name -> !name.startsWith("did:") && addresses.path(name).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw new Problem(
                            Problem.Kind.CONFLICT,
                            "public_url_changed",
                            "Credentials were issued at %s. Start with that as --public-url, or name it in --former-public-urls and let it go on leading here."
                                    .formatted(name.substring(0, name.indexOf("/issuers/"))));
                });
    }

    /** Rules that are alike, as many are, are not worth a line at each start. */
    private static void warn(Map<AchievementId, List<Finding>> findings) {
        findings.forEach((achievement, of) -> of.stream()
                .filter(finding -> finding.severity() != Finding.Severity.NOTE)
                .forEach(finding -> LOG.warn(
                        "{} in the catalogue: {}, {}: {}",
                        finding.code(),
                        achievement,
                        finding.path(),
                        finding.sentence())));
    }

    private final OneTimeTask<Void> soon = Tasks.oneTime("check-course").execute((instance, context) -> {
        var ids = instance.getId().split("/");
        collecting().collect(TenantId.of(ids[0]), CourseId.of(ids[1]), false);
    });

    private Scheduler scheduler() {
        var everything = Tasks.recurring("check-all-courses", FixedDelay.of(config.collectEvery()))
                .execute((instance, context) -> collecting.collectAll());
        var sweep = Tasks.recurring("sweep", FixedDelay.of(Duration.ofMinutes(15)))
                .execute((instance, context) -> {
                    notices.sweep();
                    database.inTransaction(db -> SessionStore.sweep(db, clock.instant()));
                    database.inTransaction(db -> SharedLinks.sweep(db, clock.instant()));
                    database.inTransaction(db -> WalletOffers.sweep(db, clock.instant()));
                    database.inTransaction(db -> ConsentSessions.sweep(db, clock.instant()));
                    database.inTransaction(db -> Connections.sweep(db, clock.instant()));
                    database.inTransaction(db -> Apps.sweep(db, clock.instant()));
                    database.inTransaction(db -> OperatorStore.sweep(db, clock.instant()));
                });
        // One node at a time: scores of one learner must not overtake each other.
        var deliver = Tasks.recurring("deliver-scores", FixedDelay.of(Duration.ofSeconds(10)))
                .execute((instance, context) -> scores.deliver());
        var wake = Tasks.recurring("settle-what-time-changes", FixedDelay.of(Duration.ofMinutes(1)))
                .execute((instance, context) -> waking.wakeAll());
        var renew = Tasks.recurring("issue-anew", FixedDelay.of(Duration.ofMinutes(1)))
                .execute((instance, context) -> renewing.renewAll());
        var subscribe = Tasks.recurring("subscribe-to-notices", FixedDelay.of(Duration.ofMinutes(1)))
                .execute((instance, context) -> subscriptions.settle());
        var rotate = Tasks.recurring("rotate-keys", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> keys.rotateLtiAfter(config.rotateKeysEvery()));
        var endorsed = Tasks.recurring("check-endorsements", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> endorsements.recheck());
        var published = Tasks.recurring("look-at-issuers", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> issuers.lookAgain());
        return Scheduler.create(database.source(), List.<Task<?>>of(soon))
                .startTasks(everything, sweep, deliver, wake, renew, subscribe, rotate, endorsed, published)
                .threads(4)
                .pollingInterval(Duration.ofSeconds(5))
                .enableImmediateExecution()
                // The pool's connections do not commit by themselves, and nobody else manages this one's transactions.
                .commitWhenAutocommitDisabled(true)
                .build();
    }

    private Checks checks() {
        Cache<CourseId, Boolean> asked = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofSeconds(20))
                .build();
        return new Checks() {
            @Override
            public void now(TenantId tenant, CourseId course) {
                // A roster of tens of thousands is read on while the page is shown already.
                var reading = Thread.ofVirtual().start(() -> collecting.collect(tenant, course, true));
                try {
                    reading.join(CHECK);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void soon(TenantId tenant, CourseId course) {
                // A class that opens the page at once is one check: most of them need not even ask the database.
                if (asked.asMap().putIfAbsent(course, true) == null) {
                    scheduler.scheduleIfNotExists(soon.instance(tenant + "/" + course), clock.instant());
                }
            }
        };
    }

    private @Nullable OpenId openId() {
        var returnUrl = config.publicUrl().resolve("/admin/sign-in/return");
        return config.openId() == null ? null : new OpenId(config.openId(), outbound, keys, returnUrl, clock);
    }

    /** Throws Problem NOT_FOUND with a sentence where it cannot be read. */
    static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "file_unreadable",
                    "The file %s cannot be read; check its name.".formatted(file));
        }
    }

    /** What another system answers about a credential, wherever it is. */
    static byte[] fetch(Outbound outbound, URI address) {
        return outbound.get(address, "application/vc, application/json;q=0.9");
    }
}
