package org.cairn.openbadges.backpack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cairn.CredentialId;
import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Somebody's backpack, registered here: what it knows, and what it does without HTTP. */
public record Backpack(App app, String secret) {

    public static final String REDIRECT = "https://backpack.example.org/callback";

    /** Of 43 characters, the fewest that RFC 7636 allows. */
    public static final String VERIFIER = "a-verifier-of-43-characters-which-is-the-le";

    public static Backpack register(DSLContext db, Instant now) {
        return register(db, Set.of(Scope.values()), now);
    }

    public static Backpack register(DSLContext db, Set<Scope> scopes, Instant now) {
        var registered =
                Apps.register(db, new AppMetadata("A backpack", List.of(REDIRECT, REDIRECT + "/2"), scopes), now);
        return new Backpack(registered.app(), registered.secret());
    }

    public AuthorizationRequest request(Scope... scopes) {
        return new AuthorizationRequest(new Addressee(app, REDIRECT, null), Set.of(scopes), challenge(VERIFIER));
    }

    /** Is let in to all that she holds, or to some of it. */
    public String code(
            DSLContext db, TenantId tenant, LearnerId learner, @Nullable Set<CredentialId> chosen, Instant now) {
        return Connections.letIn(
                db,
                tenant,
                learner,
                request(app.scopes().toArray(Scope[]::new)),
                chosen == null,
                chosen == null ? Set.of() : chosen,
                now);
    }

    public Optional<Tokens.Pair> exchange(DSLContext db, String code, Instant now) {
        return Tokens.exchange(db, app, code, REDIRECT, VERIFIER, now);
    }

    /** RFC 7636 §4.2, by the JDK alone. */
    public static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
