package org.cairn;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cairn.catalog.IssuerSettings;
import org.cairn.openbadges.Baked;
import org.cairn.openbadges.verification.Standards;
import org.cairn.openbadges.verification.Verification;
import org.cairn.openbadges.verification.Verifier;
import org.cairn.openid.OpenIdSettings;
import org.cairn.outbound.Outbound;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line. */
@Command(
        name = "cairn",
        description = "Stackable micro-credentials inside the LMS.",
        mixinStandardHelpOptions = true,
        version = "Cairn 1.0",
        subcommands = {
            App.Serve.class,
            Demo.class,
            App.Verify.class,
            GradeKeyCommands.class,
            LtiCommands.class,
            OperatorCommands.class,
            RuleCommands.class,
            RegisterCommand.class,
            DoctorCommand.class,
            RehearseCommand.class,
            ReplaceKeysCommand.class
        })
public final class App {

    private App() {}

    public static void main(String[] arguments) {
        // What Cairn says of itself is English, and its numbers have the digits that addresses have, wherever it runs.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(arguments));
    }

    /** The exit code: 0 where all went well, 1 where it did not, 2 where the command line is wrong. */
    static int run(String... arguments) {
        return new CommandLine(new App())
                .setParameterExceptionHandler((e, typed) -> wrong(e))
                .setExecutionExceptionHandler((e, line, result) -> {
                    if (e instanceof Problem problem) {
                        line.getErr().println(problem.sentence());
                        return 1;
                    }
                    throw e;
                })
                .execute(arguments);
    }

    // Not the whole usage: of a command with twenty settings it pushes what is wrong off the screen.
    private static int wrong(CommandLine.ParameterException e) {
        var line = e.getCommandLine();
        line.getErr().println(e.getMessage());
        if (line.getSubcommands().isEmpty()) {
            line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        } else {
            line.usage(line.getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }

    /** The only clock there is, to the microsecond: what both databases keep. */
    static Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }

    /** What is said once, at the first start ever. The token stands alone, and in no address: addresses are logged. */
    static String invitation(Object url, String token) {
        return """
                To run Cairn, open %s/admin and sign in with this token, which is shown only now:
                  %s""".formatted(url, token);
    }

    /** The settings. Each may come from the environment instead: CAIRN_ and its name, CAIRN_PUBLIC_URL for --public-url. */
    static final class Settings {

        @Option(
                names = "--public-url",
                paramLabel = "URL",
                defaultValue = "${env:CAIRN_PUBLIC_URL:-http://localhost:8080}",
                description =
                        "Where browsers, LMSs and verifiers reach Cairn. It is in every credential for ever (default: ${DEFAULT-VALUE}).")
        URI publicUrl = URI.create("http://localhost:8080");

        @Option(
                names = "--former-public-urls",
                paramLabel = "URL",
                split = ",",
                defaultValue = "${env:CAIRN_FORMER_PUBLIC_URLS}",
                description = "Public URLs of before that still lead here, with commas between.")
        @Nullable
        List<URI> formerUrls;

        @Option(
                names = "--bind",
                paramLabel = "HOST:PORT",
                defaultValue = "${env:CAIRN_BIND:-127.0.0.1:8080}",
                description = "The address to listen on (default: ${DEFAULT-VALUE}).")
        String bind = "127.0.0.1:8080";

        @Option(
                names = "--trust-proxy",
                defaultValue = "${env:CAIRN_TRUST_PROXY:-false}",
                description = "Believe Forwarded and X-Forwarded-* headers. Only behind a proxy that sets them.")
        boolean trustProxy;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "${env:CAIRN_DATA:-cairn-data}",
                description =
                        "Folder of the database, the master key, and fonts/*.ttf for certificates (default: ${DEFAULT-VALUE}).")
        Path data = Path.of("cairn-data");

        @Option(
                names = "--lti-config",
                paramLabel = "DIR",
                defaultValue = "${env:CAIRN_LTI_CONFIG:-lti-config}",
                description = "Folder with platforms/*.json (default: ${DEFAULT-VALUE}).")
        Path ltiConfig = Path.of("lti-config");

        @Option(
                names = "--database-url",
                paramLabel = "JDBC-URL",
                defaultValue = "${env:CAIRN_DATABASE_URL}",
                description = "PostgreSQL instead of the H2 file in the data folder.")
        @Nullable
        String databaseUrl;

        @Option(names = "--database-user", paramLabel = "NAME", defaultValue = "${env:CAIRN_DATABASE_USER}")
        @Nullable
        String databaseUser;

        @Option(
                names = "--database-password",
                paramLabel = "WORD",
                defaultValue = "${env:CAIRN_DATABASE_PASSWORD}",
                description = "Better from the environment: a command line can be read by others.")
        @Nullable
        String databasePassword;

        @Option(
                names = "--master-key",
                paramLabel = "FILE",
                defaultValue = "${env:CAIRN_MASTER_KEY}",
                description =
                        "Encrypts Cairn's private keys; made when missing (default: master.key in the data folder). Back it up.")
        @Nullable
        Path masterKey;

        @Option(
                names = "--catalogue",
                paramLabel = "FILE",
                defaultValue = "${env:CAIRN_CATALOGUE}",
                description = "A catalogue file to take in at start.")
        @Nullable
        Path catalogue;

        @Option(
                names = "--issuer-name",
                paramLabel = "NAME",
                defaultValue = "${env:CAIRN_ISSUER_NAME:-Example University}",
                description = "Who signs (default: ${DEFAULT-VALUE}).")
        String issuerName = "Example University";

        @Option(names = "--issuer-url", paramLabel = "URL", defaultValue = "${env:CAIRN_ISSUER_URL}")
        @Nullable
        String issuerUrl;

        @Option(names = "--issuer-email", paramLabel = "ADDRESS", defaultValue = "${env:CAIRN_ISSUER_EMAIL}")
        @Nullable
        String issuerEmail;

        @Option(
                names = "--issuer-country",
                paramLabel = "CC",
                defaultValue = "${env:CAIRN_ISSUER_COUNTRY}",
                description = "Two letters, as in ISO 3166-1.")
        @Nullable
        String issuerCountry;

        @Option(
                names = "--allow-loopback",
                defaultValue = "${env:CAIRN_ALLOW_LOOPBACK:-false}",
                description = "For development only: lets Cairn call http addresses of its own machine.")
        boolean allowLoopback;

        @Option(
                names = "--collect-every",
                paramLabel = "SECONDS",
                defaultValue = "${env:CAIRN_COLLECT_EVERY:-300}",
                description = "How often LMSs are asked for what they do not send (default: ${DEFAULT-VALUE}).")
        int collectEvery = 300;

        @Option(
                names = "--rotate-keys-every",
                paramLabel = "DAYS",
                defaultValue = "${env:CAIRN_ROTATE_KEYS_EVERY:-90}",
                description = "How long a key for LMSs signs before the next one is made (default: ${DEFAULT-VALUE}).")
        int rotateKeysEvery = 90;

        @Option(
                names = "--oidc-issuer",
                paramLabel = "URL",
                defaultValue = "${env:CAIRN_OIDC_ISSUER}",
                description =
                        "Your institution's OpenID Connect issuer: operators may sign in there instead of by token.")
        @Nullable
        String oidcIssuer;

        @Option(names = "--oidc-client-id", paramLabel = "ID", defaultValue = "${env:CAIRN_OIDC_CLIENT_ID}")
        @Nullable
        String oidcClientId;

        @Option(
                names = "--oidc-client-secret",
                paramLabel = "WORD",
                defaultValue = "${env:CAIRN_OIDC_CLIENT_SECRET}",
                description = "Better from the environment: a command line can be read by others.")
        @Nullable
        String oidcClientSecret;

        @Option(
                names = "--vc-api",
                defaultValue = "${env:CAIRN_VC_API:-false}",
                description =
                        "For conformance suites, and only on localhost: POST /credentials/issue and /credentials/verify, by a test issuer whose key is public.")
        boolean vcApi;

        Config config() {
            int colon = bind.lastIndexOf(':');
            try {
                return new Config(
                        publicUrl,
                        formerUrls == null ? List.of() : formerUrls,
                        bind.substring(0, Math.max(colon, 0)),
                        Integer.parseInt(bind.substring(colon + 1)),
                        trustProxy,
                        data,
                        ltiConfig,
                        databaseUrl,
                        databaseUser,
                        databasePassword,
                        masterKey == null ? data.resolve("master.key") : masterKey,
                        catalogue,
                        new IssuerSettings(issuerName, issuerUrl, issuerEmail, issuerCountry),
                        allowLoopback,
                        Duration.ofSeconds(Math.clamp(collectEvery, 5, 86_400)),
                        Duration.ofDays(Math.clamp(rotateKeysEvery, 7, 3650)),
                        OpenIdSettings.of(oidcIssuer, oidcClientId, oidcClientSecret),
                        vcApi);
            } catch (NumberFormatException e) {
                throw new Problem(
                        Problem.Kind.MALFORMED,
                        "bind_malformed",
                        "--bind is a host and a port, such as 127.0.0.1:8080.");
            } catch (IllegalArgumentException e) {
                throw new Problem(Problem.Kind.MALFORMED, "setting_malformed", String.valueOf(e.getMessage()));
            }
        }
    }

    @Command(name = "serve", description = "Runs Cairn.", mixinStandardHelpOptions = true)
    static final class Serve implements Callable<Integer> {

        @Mixin
        Settings settings = new Settings();

        @Override
        public Integer call() throws InterruptedException {
            var cairn = Cairn.start(settings.config(), clock());
            Runtime.getRuntime().addShutdownHook(new Thread(cairn::close));
            System.out.println("Cairn is at " + settings.publicUrl + " (listening on port " + cairn.port() + ").");
            cairn.firstToken().ifPresent(token -> System.out.println(invitation(settings.publicUrl, token)));
            Thread.currentThread().join();
            return 0;
        }
    }

    @Command(name = "verify", description = "Checks a credential in a file.", mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {

        @Parameters(
                paramLabel = "FILE",
                description =
                        "A VC-JWT, JSON with a proof, a PNG, SVG or PDF that carries one, or a verification pack (ZIP).")
        Path file = Path.of("");

        @Option(
                names = "--allow-loopback",
                description = "Also for issuers on this machine.",
                defaultValue = "${env:CAIRN_ALLOW_LOOPBACK:-false}")
        boolean allowLoopback;

        @Override
        public Integer call() {
            try (var outbound = new Outbound(allowLoopback, Cairn.USER_AGENT)) {
                var verifier = new Verifier(
                        address -> Cairn.fetch(outbound, address),
                        new Standards(Standards.over(outbound), null, clock()),
                        id -> Optional.empty());
                var verification = verifier.verify(content(), clock().instant());
                print(verification, "");
                return verification.isValid() ? 0 : 1;
            }
        }

        private static void print(Verification verification, String indent) {
            System.out.println(indent + verification.verdict().sentence());
            for (var check : verification.checks()) {
                var sign = check.passed() == null ? "?" : check.passed() ? "+" : "-";
                System.out.println(indent + "  " + sign + " " + check.name() + ": " + check.sentence());
            }
            verification.parts().forEach(part -> print(part, indent + "    "));
            verification.endorsements().forEach(one -> print(one, indent + "    endorsement: "));
        }

        private byte[] content() {
            try {
                if (Files.size(file) > Baked.LARGEST) {
                    throw new Problem(
                            Problem.Kind.TOO_LARGE, "file_too_large", "A credential is never larger than 2 MB.");
                }
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new Problem(
                        Problem.Kind.NOT_FOUND, "file_unreadable", "The file %s cannot be read.".formatted(file));
            }
        }
    }
}
