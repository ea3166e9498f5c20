package org.cairn.lti;

import static org.cairn.lti.IdToken.check;
import static org.cairn.lti.IdToken.word;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.people.Account;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.cairn.people.Session;
import org.cairn.people.SessionStore;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches: what an LMS posts at the end of a login, checked line by line, and then let in by one transaction. Safe for many threads
 * and nodes.
 */
public final class Launches {

    private static final Logger LOG = LoggerFactory.getLogger(Launches.class);
    private static final Duration SESSION = Duration.ofHours(8);
    private static final Duration LEEWAY = Duration.ofMinutes(2);
    private static final String ANONYMOUS = "cairn:anonymous";

    private final Database database;
    private final Keys keys;
    private final KeySets keySets;
    private final URI publicUrl;
    private final Clock clock;

    public Launches(Database database, Keys keys, KeySets keySets, URI publicUrl, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.keySets = keySets;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * What to ask the LMS's page for before this launch can be accepted, where its login was not bound to this browser's cookie but to
     * what that page keeps. Empty for every other launch, good or bad.
     */
    public Optional<Login.Stored> wanted(Map<String, String> form, Browser browser) {
        var state = form.getOrDefault("state", "");
        return LoginState.open(keys, state)
                .filter(login -> login.storageHash() != null
                        && !login.isOf(browser)
                        && !form.containsKey("proof")
                        && !form.containsKey("error"))
                .map(login -> {
                    var platform = database.inTransaction(db -> PlatformStore.get(db, login.platform()));
                    return new Login.Stored(
                            Objects.requireNonNullElse(Login.storageTarget(form), "_parent"),
                            Platform.origin(platform.authorizationEndpoint()),
                            Login.storageKey(state),
                            "");
                });
    }

    /**
     * Checks what was posted to the redirect URI and lets in who is meant: nonce, account, course, placement, membership and session in
     * one transaction. Throws Problem with the code of a {@link Refusal}; then nothing is kept, but that a nonce whose token was signed is
     * used up, and that an installation nobody approved yet has knocked.
     */
    public Arrival accept(Map<String, String> form, Browser browser) {
        return accept(form, browser, browser);
    }

    /** The same, where the browser will be known as another one from here on. */
    public Arrival accept(Map<String, String> form, Browser browser, Browser from) {
        var now = clock.instant();
        var state = state(form, browser, now);
        var platform = database.inTransaction(db -> PlatformStore.get(db, state.platform()));
        var claims = IdToken.read(form.getOrDefault("id_token", ""), platform, kid -> keySets.find(platform, kid), now);
        check(claims.text("nonce").equals(state.nonce()), Refusal.NONCE_WRONG);
        try {
            var launch = new Reading(claims, platform, state, now).launch();
            return database.inTransaction(db -> enter(db, launch, state, from, now));
        } catch (Problem refused) {
            refuse(platform, claims, state, refused, now);
            throw refused;
        }
    }

    /** The state is mandatory, ours, of this browser and of now, also where the LMS sends an error (Security Framework 1.0 §5.1.1.5). */
    private LoginState state(Map<String, String> form, Browser browser, Instant now) {
        var sealed = form.getOrDefault("state", "");
        check(!sealed.isEmpty(), Refusal.STATE_MISSING);
        var state = LoginState.open(keys, sealed).orElseThrow(Refusal.STATE_UNKNOWN::problem);
        if (!state.isOf(browser)) {
            check(form.containsKey("proof"), Refusal.STATE_OF_ANOTHER_BROWSER);
            check(state.isProvedBy(form.getOrDefault("proof", "")), Refusal.STORAGE_WRONG);
        }
        check(now.isBefore(state.expiresAt()), Refusal.STATE_EXPIRED);
        if (form.containsKey("error")) {
            throw Refusal.PLATFORM_ERROR.problem("(%s)".formatted(word(form.getOrDefault("error", ""))));
        }
        return state;
    }

    /** What a token says, after its signature held. */
    private final class Reading {

        private final Claims claims;
        private final Platform platform;
        private final LoginState state;
        private final Instant now;

        Reading(Claims claims, Platform platform, LoginState state, Instant now) {
            this.claims = claims;
            this.platform = platform;
            this.state = state;
            this.now = now;
        }

        Launch launch() {
            check(claims.lti("version").equals("1.3.0"), Refusal.VERSION_WRONG);
            var deploymentId = IdToken.deploymentId(claims);
            var message = message();
            var roles = claims.roles();
            var sub = claims.text("sub");
            boolean isChoosing = message instanceof Message.DeepLinking;
            checkTarget(isChoosing);
            var link = claims.member("resource_link", "id", 256);
            check(
                    link == null ? !(message instanceof Message.ResourceLink) : link.length() <= 255,
                    Refusal.RESOURCE_LINK_MISSING);
            // Deep Linking 2.0 §4.4 makes both optional: only who may edit a course is sent to choose.
            check(roles.isPresent() || isChoosing, Refusal.ROLES_MISSING);
            boolean isAnonymous = sub.isBlank();
            check(!isAnonymous || isChoosing || platform.anonymousLaunches(), Refusal.USER_MISSING);
            check(sub.length() <= 255, Refusal.USER_MISSING);
            return new Launch(
                    platform,
                    deploymentId,
                    // Whoever has no name has no awards either: all of them are one test user.
                    isAnonymous
                            ? new Person(ANONYMOUS, null, true)
                            : new Person(sub, claims.name(), Roles.isTestUser(roles.orElse(List.of()))),
                    role(message, roles, isAnonymous),
                    claims.member("context", "id", 255),
                    claims.member("context", "title", 500),
                    link,
                    claims.member("resource_link", "title", 500),
                    itsOwn(claims.offer()),
                    claims.custom(),
                    former(deploymentId),
                    message,
                    state.storageHash() != null
                            ? Launch.Bound.STORAGE
                            : state.inWindow() ? Launch.Bound.WINDOW : Launch.Bound.COOKIE,
                    claims.seconds("iat").orElse(0L) - now.getEpochSecond());
        }

        private Message message() {
            var type = claims.lti("message_type");
            check(!type.isEmpty(), Refusal.MESSAGE_TYPE_MISSING);
            return switch (type) {
                case "LtiResourceLinkRequest" -> new Message.ResourceLink();
                case "LtiDeepLinkingRequest" -> {
                    var settings = claims.deepLinking().orElseThrow(Refusal.SETTINGS_MISSING::problem);
                    check(platform.isItsOwn(settings.returnUrl()), Refusal.RETURN_ADDRESS_FOREIGN);
                    yield settings;
                }
                case "LtiSubmissionReviewRequest" -> {
                    var reviewed = claims.member("for_user", "user_id", 255);
                    yield new Message.SubmissionReview(
                            Optional.ofNullable(reviewed).orElseThrow(Refusal.REVIEWED_USER_MISSING::problem));
                }
                case "LtiDataPrivacyLaunchRequest" -> new Message.DataPrivacy();
                default -> throw Refusal.MESSAGE_TYPE_UNSUPPORTED.problem("(%s)".formatted(word(type)));
            };
        }

        private void checkTarget(boolean mayBeMissing) {
            var target = claims.lti("target_link_uri");
            check((target.isEmpty() && mayBeMissing) || isOurs(target), Refusal.TARGET_WRONG);
        }

        private Role role(Message message, Optional<List<String>> roles, boolean isAnonymous) {
            if (message instanceof Message.DeepLinking && roles.isEmpty()) {
                return Role.TEACHER;
            }
            var role = isAnonymous ? Role.VISITOR : Roles.of(roles.orElse(List.of()));
            if (message instanceof Message.DeepLinking) {
                check(role.changesCourse(), Refusal.NOT_ALLOWED);
            }
            if (message instanceof Message.SubmissionReview review) {
                check(role.seesCourse() || review.sub().equals(claims.text("sub")), Refusal.NOT_ALLOWED);
            }
            return role;
        }

        private Offer itsOwn(Offer offer) {
            return new Offer(
                    itsOwn(offer.memberships(), "roster"),
                    itsOwn(offer.lineItems(), "gradebook"),
                    offer.scopes(),
                    itsOwn(offer.groups(), "groups"),
                    itsOwn(offer.notices(), "notices"),
                    offer.noticeTypes());
        }

        private @Nullable URI itsOwn(@Nullable URI service, String what) {
            if (service != null && !platform.isItsOwn(service)) {
                LOG.warn("{} of platform {} ignored: not at a host of its registration", what, platform.id());
                return null;
            }
            return service;
        }

        /** Old ids count only with a signature (Migration Guide §3.1.2); without one they are nobody's. */
        private Launch.@Nullable Former former(String deploymentId) {
            var key = claims.member("lti1p1", "oauth_consumer_key", 255);
            var sign = claims.member("lti1p1", "oauth_consumer_key_sign", 255);
            if (key == null || sign == null) {
                return null;
            }
            var secret = database.inTransaction(db -> FormerStore.find(db, keys, platform.id(), key));
            if (secret.isEmpty()) {
                return null;
            }
            var base = String.join(
                    "&",
                    key,
                    deploymentId,
                    platform.issuer(),
                    platform.clientId(),
                    String.valueOf(claims.seconds("exp").orElse(0L)),
                    claims.text("nonce"));
            check(FormerStore.isSigned(base, secret.get(), sign), Refusal.MIGRATION_SIGNATURE_WRONG);
            return new Launch.Former(
                    key,
                    claims.member("lti1p1", "user_id", 255),
                    claims.member("lti1p1", "context_id", 255),
                    claims.member("lti1p1", "resource_link_id", 255));
        }
    }

    private Arrival enter(DSLContext db, Launch launch, LoginState state, Browser browser, Instant now) {
        var platform = launch.platform().id();
        if (NonceStore.isUsed(db, platform, state.nonce())) {
            throw Refusal.STATE_USED.problem();
        }
        var deployment = PlatformStore.findDeployment(db, platform, launch.deploymentId())
                .orElseThrow(() -> Refusal.DEPLOYMENT_PENDING.problem(
                        "(deployment_id: %s)".formatted(word(launch.deploymentId()))));
        NonceStore.use(db, platform, state.nonce(), state.expiresAt().plus(LEEWAY));
        PlatformStore.launched(db, deployment, launch, now);
        if (launch.message() instanceof Message.DataPrivacy) {
            return new Arrival.AtPrivacy(launch);
        }
        var tenant = deployment.tenant();
        var account = account(db, deployment, launch, now);
        var course = CourseStore.arrive(db, deployment, launch, now);
        var origins = origins(launch);
        if (!origins.isEmpty()) {
            CourseStore.copied(db, course, origins, now);
        }
        CourseStore.joinOne(db, course, account.id(), launch.role(), now);
        var placement = CourseStore.place(db, course, launch, now);
        var session = new Session(placement.id(), tenant, account.id(), launch.role(), now.plus(SESSION));
        SessionStore.start(db, browser, session, now);
        return new Arrival.AtPlacement(launch, session, placement, course);
    }

    /** Where the course was copied from: {@code $Context.id.history}, the newest first, each id encoded (Core 1.3 §D.2). */
    private static List<String> origins(Launch launch) {
        var history = launch.custom().getOrDefault("context_history", "");
        return Arrays.stream(history.split(","))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .map(Launches::decoded)
                .toList();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Account account(DSLContext db, Deployment deployment, Launch launch, Instant now) {
        var account = AccountStore.findOrCreate(
                        db, deployment.tenant(), deployment.platform(), List.of(launch.person()), now)
                .values()
                .iterator()
                .next();
        var former = launch.former();
        if (former != null && former.userId() != null) {
            AccountStore.former(db, account, former.userId());
        }
        return account;
    }

    /** Its nonce is used up all the same, and an installation that nobody approved yet has knocked. */
    private void refuse(Platform platform, Claims claims, LoginState state, Problem refused, Instant now) {
        database.inTransaction(db -> {
            if (!NonceStore.isUsed(db, platform.id(), state.nonce())) {
                NonceStore.use(
                        db, platform.id(), state.nonce(), state.expiresAt().plus(LEEWAY));
            }
            if (refused.code().equals(Refusal.DEPLOYMENT_PENDING.code())) {
                PlatformStore.knock(db, platform.id(), claims.lti("deployment_id"), now);
            }
            return null;
        });
    }

    private boolean isOurs(String target) {
        try {
            var uri = URI.create(target);
            return publicUrl.getScheme().equalsIgnoreCase(uri.getScheme())
                    && publicUrl.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
