package org.cairn.openbadges.backpack;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cairn.AppId;
import org.cairn.Problem;
import org.cairn.Sha256;
import org.cairn.openbadges.Secret;
import org.jooq.DSLContext;

/** Apps that register themselves (RFC 7591): anybody can, so they are counted, and one that nobody lets in is forgotten. */
public final class Apps {

    /** As many may register in an hour. */
    static final int MOST_AN_HOUR = 120;

    /** So long an app is known that nobody has let in. */
    static final Duration WAITS = Duration.ofDays(7);

    private Apps() {}

    /** An app with its secret, which is never to be had again. */
    public record Registered(App app, String secret) {

        @Override
        public String toString() {
            return "Registered[" + app.id() + "]";
        }
    }

    /** Throws Problem BUSY where too many have registered within an hour. */
    public static Registered register(DSLContext db, AppMetadata said, Instant now) {
        if (AppStore.count(db, now.minus(Duration.ofHours(1))) >= MOST_AN_HOUR) {
            throw new Problem(
                    Problem.Kind.BUSY,
                    "temporarily_unavailable",
                    "Too many apps have registered within the last hour; try again in an hour.");
        }
        var app = new App(AppId.fresh(), said.name(), said.redirectUris(), said.scopes(), now);
        var secret = Secret.fresh();
        AppStore.add(db, app, Sha256.hex(secret));
        return new Registered(app, secret);
    }

    public static Optional<App> find(DSLContext db, String id) {
        return id(id).flatMap(app -> AppStore.find(db, app));
    }

    public static List<App> list(DSLContext db, Collection<AppId> apps) {
        return AppStore.list(db, apps);
    }

    /** The app whose id and secret these are. */
    public static Optional<App> authenticate(DSLContext db, String id, String secret) {
        return id(id).filter(app -> AppStore.findSecretHash(db, app)
                        .filter(hash -> Secret.isEqual(hash, Sha256.hex(secret)))
                        .isPresent())
                .flatMap(app -> AppStore.find(db, app));
    }

    /** Forgets those that nobody lets in. */
    public static int sweep(DSLContext db, Instant now) {
        return AppStore.sweep(db, now.minus(WAITS));
    }

    private static Optional<AppId> id(String text) {
        try {
            return Optional.of(AppId.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
