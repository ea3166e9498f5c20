package org.cairn.lti;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.cairn.Sha256;
import org.cairn.db.Database;
import org.cairn.outbound.Outbound;
import org.cairn.people.AccountStore;
import org.cairn.people.Browser;
import org.cairn.people.Person;
import org.cairn.people.Role;
import org.cairn.people.Session;
import org.cairn.people.SessionStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches: what an LMS posts at the end of a login, checked line by line, and then let in. Safe for many threads.
 */
public final class Launches {

    /** Who came in, where. */
    public record Entered(Session session, Placement placement, Course course) {}

    private static final Logger LOG = LoggerFactory.getLogger(Launches.class);
    private static final Duration LEEWAY = Duration.ofSeconds(60);
    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final Duration SESSION = Duration.ofHours(8);
    private static final int LONGEST_TOKEN = 64 * 1024;
    private static final String ANONYMOUS = "cairn:anonymous";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final Database database;
    private final KeySets keySets;
    private final URI publicUrl;
    private final Clock clock;

    public Launches(Database database, Outbound outbound, URI publicUrl, Clock clock) {
        this.database = database;
        this.keySets = new KeySets(outbound, clock);
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * Checks what was posted to the redirect URI. Throws Problem with the code of a {@link Refusal}; then nothing is kept, but the
     * login is used up all the same.
     */
    public Launch accept(Map<String, String> form, Browser browser) {
        var now = clock.instant();
        var login = use(form.getOrDefault("state", ""), browser, now);
        if (form.containsKey("error")) {
            throw Refusal.PLATFORM_ERROR.problem("(%s)".formatted(word(form.getOrDefault("error", ""))));
        }
        var platform = database.inTransaction(db -> PlatformStore.get(db, login.platform()));
        var claims = verified(form.getOrDefault("id_token", ""), platform);
        return launch(claims, platform, login, now);
    }

    /** Lets somebody in: account, course, placement, membership and session, in one transaction. */
    public Entered enter(ResourceLaunch launch, Browser browser) {
        var now = clock.instant();
        return database.inTransaction(db -> {
            var tenant = launch.deployment().tenant();
            var person = launch.person();
            var account = AccountStore.findOrCreate(
                            db, tenant, launch.platform().id(), List.of(person), now)
                    .values()
                    .iterator()
                    .next();
            var course =
                    CourseStore.findOrCreate(db, tenant, launch.deployment().id(), launch.courseKey(), now);
            CourseStore.launched(
                    db, course, launch.contextTitle(), launch.memberships(), launch.lineItems(), launch.scopes(), now);
            CourseStore.join(db, course, Map.of(account.id(), launch.role()), now);
            var placement = CourseStore.place(db, course, launch.resourceLinkId(), launch.resourceLinkTitle(), now);
            var session = new Session(placement.id(), tenant, account.id(), launch.role(), now.plus(SESSION));
            SessionStore.start(db, browser, session, now);
            return new Entered(session, placement, CourseStore.get(db, tenant, course.id()));
        });
    }

    /** State and nonce are one row and are used up by one statement, whatever becomes of the launch: a second try finds nothing. */
    private LoginStore.Row use(String state, Browser browser, Instant now) {
        if (state.isEmpty()) {
            throw Refusal.STATE_MISSING.problem();
        }
        return database.inTransaction(db -> {
            boolean isOurs = LoginStore.use(db, state, browser, now);
            var login = LoginStore.find(db, state).orElseThrow(Refusal.STATE_UNKNOWN::problem);
            if (isOurs) {
                return login;
            }
            if (!login.browserHash().equals(browser.hash())) {
                throw Refusal.STATE_OF_ANOTHER_BROWSER.problem();
            }
            throw (login.used() ? Refusal.STATE_USED : Refusal.STATE_EXPIRED).problem();
        });
    }

    /** Nothing of a token is believed before its signature holds, and its algorithm is ours to choose, not its own. */
    private Claims verified(String token, Platform platform) {
        check(!token.isEmpty(), Refusal.TOKEN_MISSING);
        check(token.length() <= LONGEST_TOKEN, Refusal.TOKEN_MALFORMED);
        DecodedJWT jwt = decoded(token);
        check(platform.algorithm().equals(jwt.getAlgorithm()), Refusal.ALGORITHM_REFUSED);
        check(jwt.getKeyId() != null && !jwt.getKeyId().isBlank(), Refusal.KEY_ID_MISSING);
        var key = keySets.find(platform, jwt.getKeyId()).orElseThrow(Refusal.KEY_UNKNOWN::problem);
        try {
            Algorithm.RSA256((RSAPublicKey) key, null).verify(jwt);
            return new Claims(JSON.readTree(Base64.getUrlDecoder().decode(jwt.getPayload())));
        } catch (SignatureVerificationException e) {
            throw Refusal.SIGNATURE_WRONG.problem();
        } catch (IOException | IllegalArgumentException e) {
            throw Refusal.TOKEN_MALFORMED.problem();
        }
    }

    private Launch launch(Claims claims, Platform platform, LoginStore.Row login, Instant now) {
        check(claims.text("iss").equals(platform.issuer()), Refusal.ISSUER_WRONG);
        check(claims.audience().contains(platform.clientId()), Refusal.AUDIENCE_WRONG);
        check(!claims.hasSeveralAudiences() || claims.has("azp"), Refusal.AUTHORIZED_PARTY_WRONG);
        check(!claims.has("azp") || claims.text("azp").equals(platform.clientId()), Refusal.AUTHORIZED_PARTY_WRONG);
        checkTimes(claims, now);
        check(Sha256.hex(claims.text("nonce")).equals(login.nonceHash()), Refusal.NONCE_WRONG);
        check(claims.lti("version").equals("1.3.0"), Refusal.VERSION_WRONG);
        var type = claims.lti("message_type");
        check(!type.isEmpty(), Refusal.MESSAGE_TYPE_MISSING);
        if (!type.equals("LtiResourceLinkRequest")) {
            throw Refusal.MESSAGE_TYPE_UNSUPPORTED.problem("(%s)".formatted(word(type)));
        }
        var deployment = deployment(claims, platform);
        check(isOurs(claims.lti("target_link_uri")), Refusal.TARGET_WRONG);
        var link = claims.member("resource_link", "id", 256);
        check(link != null && link.length() <= 255, Refusal.RESOURCE_LINK_MISSING);
        var roles = claims.roles().orElseThrow(Refusal.ROLES_MISSING::problem);
        var sub = claims.text("sub");
        boolean isAnonymous = sub.isBlank();
        check(!isAnonymous || platform.anonymousLaunches(), Refusal.USER_MISSING);
        check(sub.length() <= 255, Refusal.USER_MISSING);
        return new ResourceLaunch(
                platform,
                deployment,
                // Whoever has no name has no awards either: all of them are one test user.
                isAnonymous
                        ? new Person(ANONYMOUS, null, true)
                        : new Person(sub, claims.name(), Roles.isTestUser(roles)),
                isAnonymous ? Role.VISITOR : Roles.of(roles),
                claims.member("context", "id", 255),
                claims.member("context", "title", 500),
                String.valueOf(link),
                claims.member("resource_link", "title", 500),
                itsOwn(platform, claims.memberships(), "roster"),
                itsOwn(platform, claims.lineItems(), "gradebook"),
                claims.scopes());
    }

    private static void checkTimes(Claims claims, Instant now) {
        var expires = Instant.ofEpochSecond(bounded(claims.seconds("exp").orElseThrow(Refusal.EXPIRED::problem)));
        var issued = Instant.ofEpochSecond(bounded(claims.seconds("iat").orElseThrow(Refusal.TIME_WRONG::problem)));
        var skew = "(The LMS's clock says %s, ours %s.)"
                .formatted(issued, now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        if (!now.isBefore(expires.plus(LEEWAY))) {
            throw Refusal.EXPIRED.problem(skew);
        }
        // An id_token lives for a minute or so; one of long ago with an expiry far ahead is no launch of now.
        if (issued.isAfter(now.plus(LEEWAY))
                || issued.isBefore(now.minus(OLDEST).minus(LEEWAY))) {
            throw Refusal.TIME_WRONG.problem(skew);
        }
    }

    private static long bounded(long seconds) {
        return Math.clamp(seconds, 0, 32_503_680_000L);
    }

    private Deployment deployment(Claims claims, Platform platform) {
        var id = claims.lti("deployment_id");
        boolean isWellFormed = !id.isEmpty()
                && id.length() <= 255
                && StandardCharsets.US_ASCII.newEncoder().canEncode(id);
        check(isWellFormed, Refusal.DEPLOYMENT_MISSING);
        return database.inTransaction(db -> PlatformStore.findDeployment(db, platform.id(), id))
                .orElseThrow(() -> Refusal.DEPLOYMENT_UNKNOWN.problem("(deployment_id: %s)".formatted(word(id))));
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

    /** A service somewhere else is no service: our token would go to a stranger. */
    private static @Nullable URI itsOwn(Platform platform, @Nullable URI service, String what) {
        if (service != null && !platform.isItsOwn(service)) {
            LOG.warn("{} of platform {} ignored: not at a host of its registration", what, platform.id());
            return null;
        }
        return service;
    }

    private static DecodedJWT decoded(String token) {
        try {
            return JWT.decode(token);
        } catch (JWTDecodeException e) {
            throw Refusal.TOKEN_MALFORMED.problem();
        }
    }

    private static void check(boolean holds, Refusal refusal) {
        if (!holds) {
            throw refusal.problem();
        }
    }

    /** A word of an LMS's, as far as it may stand on a page and in a log. */
    private static String word(String text) {
        var plain = text.replaceAll("[^A-Za-z0-9 _:.,#/-]", "");
        return plain.substring(0, Math.min(plain.length(), 100));
    }
}
