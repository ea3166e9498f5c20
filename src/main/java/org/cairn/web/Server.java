package org.cairn.web;

import io.javalin.Javalin;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.cairn.Config;
import org.cairn.Problem;
import org.cairn.award.Applying;
import org.cairn.award.Attaching;
import org.cairn.award.Awarding;
import org.cairn.award.Backpacks;
import org.cairn.award.Deciding;
import org.cairn.award.Handover;
import org.cairn.award.Records;
import org.cairn.award.Reviewing;
import org.cairn.award.Sharing;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.lti.DeepLinking;
import org.cairn.lti.Launches;
import org.cairn.lti.Login;
import org.cairn.lti.Notices;
import org.cairn.lti.registration.Registrations;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.Endorsing;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.certificate.Fonts;
import org.cairn.openbadges.verification.Packs;
import org.cairn.openbadges.verification.Standards;
import org.cairn.openbadges.verification.TestIssuer;
import org.cairn.openbadges.wallet.Nonces;
import org.cairn.web.admin.AdminRoutes;
import org.cairn.web.admin.PicturePages;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;

/** The HTTP server: every route in one table, every answer with the same headers. */
public final class Server implements AutoCloseable {

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            // Not no-referrer: under it browsers send our own forms with Origin: null, and we could not tell them from
            // foreign ones.
            "Referrer-Policy", "same-origin",
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()");

    // From the webjar: its folders are not entries of their own, so a static file handler does not find them.
    private static final byte[] BOOTSTRAP =
            resource("/META-INF/resources/webjars/bootstrap/5.3.8/dist/css/bootstrap.min.css");

    private static final Set<String> IN_PARTS = Set.of("/verify", PicturePages.PATH);

    private final Javalin javalin;

    public Server(
            Config config,
            Database database,
            Catalogues catalogues,
            Keys keys,
            Login login,
            Launches launches,
            Notices notices,
            Awarding awarding,
            Attaching attaching,
            DeepLinking deepLinking,
            Registrations registrations,
            Reviewing reviewing,
            Applying applying,
            Deciding deciding,
            Sharing sharing,
            Credentials credentials,
            IssuerDocuments documents,
            Function<URI, byte[]> outside,
            Standards standards,
            Fonts fonts,
            Checks checks,
            AdminRoutes admin,
            Clock clock) {
        var url = config.publicUrl();
        var choices = new ChoicePages(database, catalogues, attaching, deepLinking, url, clock);
        var lti = new LtiRoutes(database, login, launches, choices, keys, checks, url);
        var registration = new RegistrationPages(database, registrations, url);
        var grades = new GradeRoutes(database, awarding, clock);
        var course = new CoursePages(
                database,
                new LearnerPages(database, catalogues, clock),
                new TeacherPages(database, catalogues, attaching, clock),
                attaching,
                checks,
                url,
                clock);
        var award = new AwardPages(database, catalogues, awarding, credentials, url, clock);
        var handIns = new HandInPages(database, reviewing, url, clock);
        var applications = new ApplicationPages(database, applying, deciding, url, clock);
        var badges = new BadgeRoutes(database, catalogues);
        var records = new Records(database, catalogues, credentials, clock);
        var packs = new Packs(database, credentials, documents, standards, clock);
        var files = new CredentialFiles(database, catalogues, credentials, records, packs, badges, fonts, clock);
        var handover = new Handover(database, catalogues, credentials, sharing, clock);
        var wallets = new WalletMetadata(url.toString(), config.issuer().name());
        var wallet = new WalletRoutes(database, handover, credentials, new Nonces(keys), clock);
        var share = new SharingPages(database, sharing, handover, wallets, files, url, clock);
        var open = new PublicPages(database, catalogues, config.issuer(), clock);
        var issuers = new IssuerRoutes(database, credentials.addresses(), documents, clock);
        var verifying = new Verifying(database, credentials, issuers::document, outside, standards, clock);
        var verify = new VerifyPages(database, catalogues, credentials, verifying, clock);
        var programs = new VerificationRoutes(verifying);
        var shared = new SharedPages(database, credentials, verify, files, clock);
        var backpacks = new Backpacks(database, credentials, clock);
        var discovery = new AppDiscovery(url.toString(), config.issuer().name());
        var apps = new AppRoutes(database, config.allowLoopback(), clock);
        var appPages = new AppPages(database, catalogues, url, clock);
        var authorization = new AuthorizationPages(database, catalogues, backpacks, discovery.issuer(), url, clock);
        var backpack = new BackpackRoutes(database, backpacks, verifying, url.toString(), clock);
        var endorsements = new EndorsementRoutes(database, new Endorsing(credentials.addresses(), keys));

        this.javalin = Javalin.create(javalin -> {
            javalin.concurrency.useVirtualThreads = true;
            javalin.startup.showJavalinBanner = false;
            javalin.http.maxRequestSize = 1024 * 1024;
            javalin.http.prefer405over404 = true;
            // Files that strangers show stay in memory, and are never larger than this.
            javalin.jetty.multipartConfig.maxInMemoryFileSize(3, SizeUnit.MB);
            javalin.jetty.multipartConfig.maxFileSize(3, SizeUnit.MB);
            javalin.jetty.multipartConfig.maxTotalRequestSize(3, SizeUnit.MB);
            javalin.jetty.modifyHttpConfiguration(http -> {
                // Else a secret is read in the letters of what came before on its connection, which a proxy shares
                // among strangers.
                http.setHeaderCacheCaseSensitive(true);
                http.setSendServerVersion(false);
                if (config.trustProxy()) {
                    http.addCustomizer(new ForwardedRequestCustomizer());
                }
            });
            javalin.staticFiles.add(assets -> {
                assets.hostedPath = "/assets";
                assets.directory = "/public";
                assets.location = Location.CLASSPATH;
                assets.headers = Map.of("Cache-Control", "public, max-age=3600");
            });

            var routes = javalin.routes;
            routes.before(context -> HEADERS.forEach(context::header));
            Problems.register(routes);
            routes.before(Server::refuseOddForms);

            // An LMS
            routes.get("/lti/login", lti::login);
            routes.post("/lti/login", lti::login);
            // For a connection whose LMS shares its issuer with others and sends no client_id
            routes.get("/lti/login/{registration}", lti::login);
            routes.post("/lti/login/{registration}", lti::login);
            routes.post("/lti/launch", lti::launch);
            routes.get("/lti/jwks", lti::keys);
            routes.post("/lti/notices/{registration}", new NoticeRoutes(notices)::receive);
            routes.get("/lti/register/{secret}", registration::show);
            routes.post("/lti/register/{secret}", registration::connect);
            routes.get("/lti/canvas.json", registration::canvasKey);
            routes.post("/grades/{deployment}/{context}/{activity}", grades::receive);

            // Learners and teachers, inside a course
            // Pages are asked for by forms where a frame keeps no cookie
            routes.get("/in/{placement}", course::show);
            routes.post("/in/{placement}", course::show);
            routes.post("/in/{placement}/choice", choices::choose);
            routes.post("/in/{placement}/copy", course::copy);
            routes.post("/in/{placement}/checks", course::check);
            routes.post("/in/{placement}/hand-ins", handIns::handIn);
            routes.post("/in/{placement}/hand-ins/{handIn}/answers", handIns::answer);
            routes.post("/in/{placement}/applications", applications::apply);
            routes.post("/in/{placement}/waivers", applications::askWaiver);
            routes.post("/in/{placement}/recognitions", applications::askRecognition);
            routes.post("/in/{placement}/applications/{application}/decision", applications::decide);
            routes.get("/in/{placement}/awards/{award}", award::show);
            routes.post("/in/{placement}/awards/{award}", award::show);
            routes.post("/in/{placement}/awards/{award}/revocation", award::revoke);
            routes.post("/in/{placement}/awards/{award}/suspension", award::suspend);
            routes.post("/in/{placement}/awards/{award}/reinstatement", award::reinstate);
            routes.post("/in/{placement}/awards/{award}/forms", share::form);
            routes.post("/in/{placement}/awards/{award}/name", share::rename);
            routes.get("/in/{placement}/awards/{award}/credentials/{credential}", share::file);
            routes.post("/in/{placement}/awards/{award}/credentials/{credential}", share::file);
            routes.post("/in/{placement}/awards/{award}/credentials/{credential}/page", share::show);
            routes.post("/in/{placement}/awards/{award}/credentials/{credential}/links", share::link);
            routes.post("/in/{placement}/awards/{award}/links/{link}/end", share::end);
            routes.post("/in/{placement}/awards/{award}/credentials/{credential}/offers", share::offer);
            routes.post("/in/{placement}/awards/{award}/credentials/{credential}/requests", share::request);

            routes.get("/in/{placement}/apps", appPages::show);
            routes.post("/in/{placement}/apps", appPages::show);
            routes.post("/in/{placement}/apps/session", appPages::open);
            routes.post("/in/{placement}/apps/{connection}/end", appPages::end);
            routes.post("/in/{placement}/brought/{brought}/removal", appPages::remove);

            // Apps that learners let fetch their credentials, and the pages where they do
            routes.get(AppDiscovery.SERVICE, OAuth.open(discovery::service));
            routes.get(AppDiscovery.WELL_KNOWN, OAuth.open(discovery::authorizationServer));
            routes.post(AppDiscovery.REGISTRATION, OAuth.open(apps::register));
            routes.post(AppDiscovery.TOKEN, OAuth.open(apps::token));
            routes.post(AppDiscovery.REVOCATION, OAuth.open(apps::revoke));
            routes.get(AppDiscovery.CREDENTIALS, OAuth.open(backpack::credentials));
            routes.post(AppDiscovery.CREDENTIALS, OAuth.open(backpack::upsert));
            routes.get(AppDiscovery.PROFILE, OAuth.open(backpack::profile));
            for (var path : AppDiscovery.OPEN) {
                routes.options(path, OAuth::preflight);
            }
            routes.post(AuthorizationPages.SESSION, authorization::enter);
            routes.get(AuthorizationPages.SESSION, authorization::entered);
            routes.get(AppDiscovery.AUTHORIZATION, authorization::show);
            routes.post(AppDiscovery.AUTHORIZATION, authorization::decide);

            // Wallets
            routes.get("/.well-known/openid-credential-issuer", OAuth.open(wallets::issuer));
            routes.get("/.well-known/oauth-authorization-server", OAuth.open(wallets::authorizationServer));
            routes.post("/wallet/token", OAuth.open(wallet::token));
            routes.post("/wallet/nonce", OAuth.open(wallet::nonce));
            routes.post("/wallet/credential", OAuth.open(wallet::credential));
            routes.options("/wallet/*", OAuth::preflight);

            // Operators
            admin.register(routes);

            // Everybody
            routes.get(
                    "/assets/bootstrap.css",
                    context -> context.header("Cache-Control", "public, max-age=86400")
                            .contentType("text/css")
                            .result(BOOTSTRAP));
            routes.get("/", open::home);
            routes.get("/privacy", open::privacy);
            routes.get("/vocabulary", open::vocabulary);
            routes.get("/verify", verify::form);
            // People send a form, programs send JSON
            routes.post("/verify", context -> {
                if (isForm(context)) {
                    verify.check(context);
                } else {
                    programs.verify(context);
                }
            });
            routes.get("/verify/{credential}", verify::show);
            routes.get("/credentials/{credential}", files::show);
            routes.get("/credentials/{credential}/newest/{subject}", files::newest);
            routes.get(SharedPages.PATH + "{link}", shared::show);
            routes.post(SharedPages.PATH + "{link}", shared::hand);
            if (config.vcApi()) {
                new VcApiRoutes(new TestIssuer(outside, standards), clock).register(routes);
            }
            routes.get("/issuers/{issuer}", issuers::controller);
            routes.get("/issuers/{issuer}/did.json", issuers::did);
            routes.get("/issuers/{issuer}/status/{list}", issuers::statusList);
            routes.get("/achievements/{tenant}/{achievement}/{version}", open::achievement);
            routes.get(
                    "/achievements/{tenant}/{achievement}/{version}/endorsements/{endorsement}", endorsements::taken);
            routes.get("/endorsements/{endorsement}", endorsements::given);
            routes.get("/achievements/{tenant}/{achievement}/{version}/image.svg", badges::svg);
            routes.get("/achievements/{tenant}/{achievement}/{version}/image.png", badges::png);
            routes.get("/health", context -> {
                database.inTransaction(db -> db.selectOne().fetch());
                context.result("ok");
            });
        });
    }

    /** Returns the port, which is another than asked for only where 0 was asked for. */
    public int start(String host, int port) {
        return javalin.start(host, port).port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    /** Forms in parts are nobody's here but of who shows a credential's file or uploads a picture; elsewhere nobody would have asked who sent them. */
    private static void refuseOddForms(Context context) {
        if (!isReadable(context)) {
            throw new Problem(
                    Problem.Kind.WRONG_MEDIA_TYPE,
                    "form_type_refused",
                    "Cairn reads forms as application/x-www-form-urlencoded in UTF-8; send it like that.");
        }
    }

    private static boolean isReadable(Context context) {
        try {
            var type = String.valueOf(context.contentType());
            return !type.toLowerCase(Locale.ROOT).startsWith("multipart/") || IN_PARTS.contains(context.path());
        } catch (UnsupportedCharsetException | IllegalCharsetNameException e) {
            // Jetty tells no type without looking up its charset.
            return false;
        }
    }

    private static boolean isForm(Context context) {
        var type = String.valueOf(context.contentType()).toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data");
    }

    private static byte[] resource(String name) {
        try (var stream = Server.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The jar lacks " + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
