package org.cairn.lti;

import static org.cairn.lti.IdToken.check;
import static org.cairn.lti.IdToken.word;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.cairn.people.Session;
import org.cairn.people.SessionStore;
import org.jooq.DSLContext;

/**
 * Launches: what an LMS posts at the end of a login, checked line by line, and then let in by one transaction. Safe for many threads
 * and nodes.
 */
public final class Launches {

    private static final Duration LEEWAY = Duration.ofMinutes(2);

    private final Database database;
    private final Platforms platforms;
    private final Places places;
    private final Keys keys;
    private final KeySets keySets;
    private final URI publicUrl;
    private final Clock clock;

    public Launches(Database database, Keys keys, KeySets keySets, URI publicUrl, Clock clock) {
        this.database = database;
        this.platforms = new Platforms(database, clock);
        this.places = new Places(clock);
        this.keys = keys;
        this.keySets = keySets;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * Checks what was posted to the redirect URI and lets in who is meant: nonce and session, and what is news of account, course,
     * placement and membership, in one transaction. Throws Problem with the code of a {@link Refusal}; then nothing is kept, but that a
     * nonce whose token was signed is used up, and that an installation nobody approved yet has knocked.
     */
    public Arrival accept(Map<String, String> form, Browser browser) {
        return accept(form, browser, browser);
    }

    /** The same, where the browser will be known as another one from here on. */
    public Arrival accept(Map<String, String> form, Browser browser, Browser from) {
        var now = clock.instant();
        var state = state(form);
        var platform = platform(state);
        if (isUnproved(state, form, browser)) {
            return new Arrival.Unproved(new Login.Stored(
                    Objects.requireNonNullElse(Login.storageTarget(form), "_parent"),
                    Platform.origin(platform.authorizationEndpoint()),
                    Login.storageKey(form.getOrDefault("state", "")),
                    ""));
        }
        checkState(state, form, browser, now);
        var claims = IdToken.read(form.getOrDefault("id_token", ""), platform, kid -> keySets.find(platform, kid), now);
        check(claims.text("nonce").equals(state.nonce()), Refusal.NONCE_WRONG);
        try {
            var launch = new LaunchReading(claims, platform, state, publicUrl, key -> formerSecret(platform, key), now)
                    .launch();
            return enterAgain(launch, state, from, now)
                    .orElseGet(() -> remembered(database.inTransaction(db -> enter(db, launch, state, from, now))));
        } catch (Problem refused) {
            refuse(platform, claims, state, refused, now);
            throw refused;
        }
    }

    private LoginState state(Map<String, String> form) {
        var sealed = form.getOrDefault("state", "");
        check(!sealed.isEmpty(), Refusal.STATE_MISSING);
        return LoginState.open(keys, sealed).orElseThrow(Refusal.STATE_UNKNOWN::problem);
    }

    private Platform platform(LoginState state) {
        return platforms.find(state.platform()).orElseThrow(Refusal.STATE_UNKNOWN::problem);
    }

    private static boolean isUnproved(LoginState state, Map<String, String> form, Browser browser) {
        return state.storageHash() != null
                && !state.isOf(browser)
                && !form.containsKey("proof")
                && !form.containsKey("error");
    }

    /** The state is of this browser and of now, also where the LMS sends an error (Security Framework 1.0 §5.1.1.5). */
    private static void checkState(LoginState state, Map<String, String> form, Browser browser, Instant now) {
        if (!state.isOf(browser)) {
            check(form.containsKey("proof"), Refusal.STATE_OF_ANOTHER_BROWSER);
            check(state.isProvedBy(form.getOrDefault("proof", "")), Refusal.STORAGE_WRONG);
        }
        check(now.isBefore(state.expiresAt()), Refusal.STATE_EXPIRED);
        if (form.containsKey("error")) {
            throw Refusal.PLATFORM_ERROR.problem("(%s)".formatted(word(form.getOrDefault("error", ""))));
        }
    }

    private Optional<String> formerSecret(Platform platform, String consumerKey) {
        return database.inTransaction(db -> FormerStore.find(db, keys, platform.id(), consumerKey));
    }

    /** Lets in whoever has only herself to introduce, and is known; empty where there is more to write, or to refuse. */
    private Optional<Arrival> enterAgain(Launch launch, LoginState state, Browser browser, Instant now) {
        return places.find(launch)
                .filter(place -> database.inStatement(db ->
                        ArrivalStore.begin(db, launch, place, state.session(), browser, now, now.plus(Session.LIFE))))
                .map(place -> new Arrival.AtPlacement(launch, state.session(), place.placement(), place.course()));
    }

    private Arrival remembered(Arrival arrival) {
        if (arrival instanceof Arrival.AtPlacement there) {
            places.remember(there.launch(), new Places.Place(there.placement(), there.course()));
        }
        return arrival;
    }

    private Arrival enter(DSLContext db, Launch launch, LoginState state, Browser browser, Instant now) {
        var known = ArrivalStore.find(db, launch)
                .orElseThrow(() -> Refusal.DEPLOYMENT_PENDING.problem(
                        "(deployment_id: %s)".formatted(word(launch.deploymentId()))));
        var deployment = known.deployment();
        PlatformStore.launched(db, deployment, launch, now);
        SubscriptionStore.offered(db, deployment, launch.offer());
        if (launch.message() instanceof Message.DataPrivacy) {
            check(spend(db, state, now), Refusal.STATE_USED);
            return new Arrival.AtPrivacy(launch);
        }
        var tenant = deployment.tenant();
        var account = account(db, known, launch, now);
        var course = CourseStore.arrive(db, deployment, known.course(), launch, now);
        var origins = launch.history(Launch.CONTEXT_HISTORY);
        if (!origins.isEmpty()) {
            OriginStore.copied(db, course, origins, now);
        }
        if (known.role() != launch.role()) {
            MemberStore.join(db, course, Map.of(account.id(), launch.role()), now);
        }
        var placement = PlacementStore.place(db, course, known.placement(), launch, now);
        var session = new Session(placement.id(), tenant, account.id(), launch.role(), now.plus(Session.LIFE));
        check(SessionStore.start(db, state.session(), browser, session, now), Refusal.STATE_USED);
        return new Arrival.AtPlacement(launch, state.session(), placement, course);
    }

    /** Uses up the nonce where nobody is signed in; false where it was used up before. */
    private static boolean spend(DSLContext db, LoginState state, Instant now) {
        return SessionStore.spend(db, state.session(), now, state.expiresAt().plus(LEEWAY));
    }

    private static Account account(DSLContext db, ArrivalStore.Known known, Launch launch, Instant now) {
        var person = launch.person();
        var account = known.account();
        if (account == null || !account.isAs(person)) {
            var deployment = known.deployment();
            account = AccountStore.findOrCreate(db, deployment.tenant(), deployment.platform(), List.of(person), now)
                    .values()
                    .iterator()
                    .next();
        }
        var former = launch.former();
        if (former != null && former.userId() != null) {
            AccountStore.former(db, account, former.userId());
        }
        return account;
    }

    /** Its nonce is used up all the same, and an installation that nobody approved yet has knocked. */
    private void refuse(Platform platform, Claims claims, LoginState state, Problem refused, Instant now) {
        database.inTransaction(db -> {
            spend(db, state, now);
            if (refused.code().equals(Refusal.DEPLOYMENT_PENDING.code())) {
                PlatformStore.knock(db, platform.id(), claims.lti("deployment_id"), now);
            }
            return null;
        });
    }
}
