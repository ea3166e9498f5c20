package org.cairn.lti.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dynamic Registration 1.0: an LMS that was invited says who it is, Cairn registers there, and what comes of it is kept; and changes of
 * such a registration (RFC 7592). What a registration needs between its two requests travels sealed in its page. Safe for many threads.
 */
public final class Registrations {

    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);
    private static final String PURPOSE = "lti/registration";
    private static final Duration LIFE = Duration.ofHours(1);

    /**
     * Who asks, checked; {@code form} is sealed and goes back to {@link #register}.
     *
     * @param invitation which institution it will be connected to, and what it will be called
     */
    public record Asking(Invitation invitation, PlatformConfiguration configuration, String form) {}

    /** What is sealed into the page. */
    private record Begun(
            String invitation,
            PlatformConfiguration configuration,
            @Nullable String token,
            String until) {}

    private final Database database;
    private final Keys keys;
    private final Outbound outbound;
    private final Invitations invitations;
    private final ToolConfiguration tool;
    private final Changes changes;
    private final boolean allowsHttp;
    private final Clock clock;

    /**
     * @param contact an e-mail address of whoever runs Cairn, for the LMS's administrators; null for none
     * @param allowsHttp for development: LMSs without https
     */
    public Registrations(
            Database database,
            Keys keys,
            Outbound outbound,
            URI publicUrl,
            @Nullable String contact,
            boolean allowsHttp,
            Clock clock) {
        this.database = database;
        this.keys = keys;
        this.outbound = outbound;
        this.invitations = new Invitations(database, publicUrl, clock);
        this.tool = new ToolConfiguration(publicUrl, contact);
        this.changes = new Changes(database, keys, outbound, tool, clock);
        this.allowsHttp = allowsHttp;
        this.clock = clock;
    }

    /**
     * An LMS follows an invitation (§3.3, §3.4): asks it who it is. Nothing is registered yet.
     *
     * @param token the LMS's registration_token; null where it gives none, as Brightspace
     * @throws Problem where the invitation is not open, the LMS cannot be reached, or its configuration is not to be believed
     */
    public Asking ask(String secret, @Nullable String address, @Nullable String token) {
        var invitation = invitations.open(secret);
        if (address == null || address.isBlank()) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "configuration_address_missing",
                    "This link is for an LMS, not for a browser: paste it into your LMS's form for registering tools.");
        }
        if (token != null && !token.matches("[\\x21-\\x7e]{1,8000}")) {
            throw new Problem(
                    Problem.Kind.MALFORMED,
                    "registration_token_malformed",
                    "The LMS sent a registration token that cannot be one; begin again from its form for registering tools.");
        }
        var configuration = configuration(PlatformConfiguration.address(address), token);
        var begun = new Begun(
                invitation.id(),
                configuration,
                token,
                clock.instant().plus(LIFE).toString());
        return new Asking(invitation, configuration, seal(begun));
    }

    private PlatformConfiguration configuration(URI address, @Nullable String token) {
        var answer = outbound.send(under(token, Call.get(address, "application/json")));
        if (!answer.isSuccess()) {
            throw new Problem(
                    Problem.Kind.UPSTREAM,
                    "configuration_refused",
                    "%s did not show its configuration (status %d); begin again from the LMS's form for registering tools."
                            .formatted(address.getHost(), answer.status()));
        }
        return PlatformConfiguration.read(address, answer.body(), allowsHttp);
    }

    /**
     * Registers Cairn with the LMS that asked (§3.5), and keeps what comes of it. The invitation is used up where that succeeds, and
     * stays open where it does not.
     *
     * @throws Problem where the invitation is not open any more, the form is not from its page or older than an hour, or the registration
     *     is another tenant's
     */
    public Outcome register(String secret, String form) {
        var invitation = invitations.open(secret);
        var begun = open(form)
                .filter(one -> one.invitation().equals(invitation.id()))
                .filter(one -> clock.instant().isBefore(Instant.parse(one.until())))
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MALFORMED,
                        "registration_form_old",
                        "This page is too old; begin again from your LMS's form for registering tools."));
        var configuration = begun.configuration();
        var product = Product.of(configuration.product());
        var body = tool.describe(product, configuration.messages(), configuration.scopes());
        var call = Call.post(
                configuration.registrationEndpoint(),
                "application/json",
                "application/json",
                body.toString().getBytes(StandardCharsets.UTF_8));
        RegistrationAnswer answer;
        try {
            answer = new RegistrationAnswer(outbound.send(under(begun.token(), call)));
        } catch (Problem problem) {
            return failed(configuration, 0, "", problem.sentence());
        }
        if (answer.clientId().isEmpty()) {
            return failed(configuration, answer.status(), answer.shown(), answer.cause());
        }
        return database.inTransaction(db -> keep(db, invitation, configuration, answer));
    }

    private static Outcome failed(PlatformConfiguration configuration, int status, String answer, String cause) {
        LOG.info("registration refused by a {} with status {}", configuration.product(), status);
        return new Outcome(null, null, status, answer, cause, "", configuration.origins());
    }

    private Outcome keep(
            DSLContext db, Invitation invitation, PlatformConfiguration configuration, RegistrationAnswer answer) {
        var now = clock.instant();
        var clientId = answer.clientId().orElseThrow();
        var known = PlatformStore.find(db, configuration.issuer(), clientId);
        known.ifPresent(platform -> refuseForeign(RegistrationStore.tenants(db, platform.id()), invitation.tenant()));
        refuseDouble(db, configuration, clientId);
        var platform = PlatformStore.save(db, describe(invitation, configuration, clientId, known), now);
        if (!InvitationStore.use(db, invitation, platform.id(), now)) {
            throw Invitations.closed(
                    "invitation_used",
                    "This invitation was used or withdrawn a moment ago; ask an administrator of Cairn for a new one.");
        }
        changes.keep(db, platform, answer);
        // A host that is not the issuer's might name an installation of somebody else's.
        var deployment = configuration.registersAtIssuer()
                ? answer.deploymentId()
                        .map(id -> PlatformStore.deploy(db, invitation.tenant(), platform.id(), id, now))
                        .orElse(null)
                : null;
        var next = Product.of(configuration.product()).next();
        return new Outcome(platform, deployment, answer.status(), answer.shown(), "", next, configuration.origins());
    }

    /** An invitation changes what is its own tenant's alone: whoever could replace a key set would be that LMS. */
    private static void refuseForeign(Set<TenantId> tenants, TenantId tenant) {
        if (!tenants.equals(Set.of(tenant))) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "platform_of_another_tenant",
                    "This LMS has registered with Cairn before, and not for this institution alone; an administrator of Cairn can give its"
                            + " installations to the right one.");
        }
    }

    // Some LMSs get their tokens from one host. Who registered a stranger's client there would have its tokens sent to
    // it.
    private static void refuseDouble(DSLContext db, PlatformConfiguration configuration, String clientId) {
        if (RegistrationStore.isClientOfAnother(db, configuration.issuer(), clientId, configuration.tokenEndpoint())) {
            throw new Problem(
                    Problem.Kind.CONFLICT,
                    "client_of_another_issuer",
                    "Another LMS is registered with this client id at the same token endpoint; nothing was connected.");
        }
    }

    /** What an administrator added to an earlier registration stays: its name, more origins, whether it may launch anonymously. */
    private static Platform describe(
            Invitation invitation, PlatformConfiguration configuration, String clientId, Optional<Platform> known) {
        var origins = new LinkedHashSet<>(configuration.origins());
        known.ifPresent(platform -> origins.addAll(platform.frameOrigins()));
        return new Platform(
                known.map(Platform::id).orElseGet(PlatformId::fresh),
                configuration.issuer(),
                clientId,
                known.map(Platform::name).orElse(invitation.label()),
                configuration.product(),
                configuration.authorizationEndpoint(),
                configuration.tokenEndpoint(),
                configuration.tokenAudience(),
                configuration.keySet(),
                "RS256",
                List.copyOf(origins),
                known.map(Platform::anonymousLaunches).orElse(false));
    }

    /** The tenant whose invitation registered this platform: what to suggest where its installations wait for approval. */
    public Optional<TenantId> invitedBy(PlatformId platform) {
        return database.inTransaction(db -> RegistrationStore.invitedBy(db, platform)).stream()
                .findFirst();
    }

    /** Tells an LMS what Cairn is now (RFC 7592); throws what {@link Changes#update} throws. */
    public Outcome update(PlatformId platform) {
        return changes.update(platform);
    }

    private String seal(Begun begun) {
        try {
            return keys.seal(PURPOSE, PlatformConfiguration.JSON.writeValueAsString(begun));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record is always JSON.", e);
        }
    }

    private Optional<Begun> open(String form) {
        return keys.open(PURPOSE, form).map(text -> {
            try {
                return PlatformConfiguration.JSON.readValue(text, Begun.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("What was sealed is no JSON.", e);
            }
        });
    }

    private static Call under(@Nullable String token, Call call) {
        return token == null ? call : call.under(token);
    }
}
