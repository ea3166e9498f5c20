package org.cairn;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.registration.CanvasKey;
import org.cairn.lti.registration.Invitations;
import org.cairn.outbound.Outbound;
import org.cairn.people.Tenant;
import org.cairn.people.TenantStore;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an administrator does about LMSs at the command line. */
@Command(
        name = "lti",
        description = "Connections with LMSs.",
        mixinStandardHelpOptions = true,
        subcommands = {
            LtiCommands.Invite.class,
            LtiCommands.UpdateRegistration.class,
            LtiCommands.CanvasJson.class,
            KeyCommands.States.class,
            KeyCommands.Rotate.class,
            KeyCommands.Withdraw.class
        })
final class LtiCommands {

    @Command(
            name = "invite",
            description = "Invites an LMS to register itself, and prints the link for it, once.",
            mixinStandardHelpOptions = true)
    static final class Invite implements Callable<Integer> {

        @Mixin
        App.Settings settings = new App.Settings();

        @Option(names = "--tenant", required = true, paramLabel = "SLUG", description = "Whose LMS it is.")
        String tenant = "";

        @Option(names = "--label", required = true, paramLabel = "NAME", description = "What the LMS is called here.")
        String label = "";

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                defaultValue = "7d",
                description = "How long the link works, such as 12h or 7d (default: ${DEFAULT-VALUE}).")
        String expires = "7d";

        @Option(names = "--tenant-name", paramLabel = "NAME", description = "Makes the tenant where there is none yet.")
        @Nullable
        String tenantName;

        @Option(
                names = "--time-zone",
                paramLabel = "ZONE",
                defaultValue = "UTC",
                description = "Of a tenant that is made, such as Europe/Vienna (default: ${DEFAULT-VALUE}).")
        String timeZone = "UTC";

        @Override
        public Integer call() {
            var life = life(expires);
            try (var database = Cairn.database(settings.config())) {
                var whose = database.inTransaction(this::findOrCreate);
                var issued = new Invitations(database, settings.publicUrl, App.clock()).create(whose.id(), label, life);
                System.out.println(issued.link());
            }
            return 0;
        }

        private Tenant findOrCreate(DSLContext db) {
            var known = TenantStore.find(db, tenant);
            if (known.isPresent()) {
                return known.get();
            }
            if (tenantName == null || !tenant.matches("[a-z0-9][a-z0-9-]{0,62}")) {
                var slugs = TenantStore.list(db).stream().map(Tenant::slug).collect(Collectors.joining(", "));
                throw new Problem(
                        Problem.Kind.NOT_FOUND,
                        "tenant_unknown",
                        "There is no tenant %s (known: %s); --tenant-name makes one, of a slug like example-university."
                                .formatted(tenant, slugs.isEmpty() ? "none" : slugs));
            }
            return TenantStore.findOrCreate(
                    db, tenant, tenantName, zone(), App.clock().instant());
        }

        private ZoneId zone() {
            try {
                return ZoneId.of(timeZone);
            } catch (DateTimeException e) {
                throw new Problem(
                        Problem.Kind.MALFORMED, "time_zone_unknown", "--time-zone is a name like Europe/Vienna.");
            }
        }
    }

    @Command(
            name = "update-registration",
            description = "Tells an LMS that registered by itself what Cairn is now.",
            mixinStandardHelpOptions = true)
    static final class UpdateRegistration implements Callable<Integer> {

        @Mixin
        App.Settings settings = new App.Settings();

        @Option(names = "--issuer", required = true)
        String issuer = "";

        @Option(names = "--client-id", required = true)
        String clientId = "";

        @Override
        public Integer call() {
            var config = settings.config();
            try (var database = Cairn.database(config);
                    var outbound = new Outbound(config.allowLoopback(), Cairn.USER_AGENT)) {
                var platform = database.inTransaction(db -> PlatformStore.find(db, issuer, clientId))
                        .orElseThrow(() -> new Problem(
                                Problem.Kind.NOT_FOUND,
                                "platform_unknown",
                                "No LMS of this issuer and client id is connected."));
                var keys = new Keys(database, MasterKey.open(config.masterKey()), App.clock());
                var outcome = Cairn.registrations(config, database, keys, outbound, App.clock())
                        .update(platform.id());
                System.out.println(outcome.answer());
                System.out.println(outcome.isSuccess() ? "The LMS took it." : outcome.cause());
                return outcome.isSuccess() ? 0 : 1;
            }
        }
    }

    @Command(
            name = "canvas-json",
            description = "Prints the configuration of a Canvas developer key, for pasting into Canvas.",
            mixinStandardHelpOptions = true)
    static final class CanvasJson implements Callable<Integer> {

        @Mixin
        App.Settings settings = new App.Settings();

        @Override
        public Integer call() {
            System.out.print(CanvasKey.json(settings.config().publicUrl()));
            return 0;
        }
    }

    /** A whole number of minutes, hours or days: 30m, 12h, 7d. */
    static Duration life(String text) {
        if (!text.matches("[1-9][0-9]{0,4}[mhd]")) {
            throw new Problem(
                    Problem.Kind.MALFORMED, "time_malformed", "--expires is a number and a unit, such as 12h or 7d.");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
