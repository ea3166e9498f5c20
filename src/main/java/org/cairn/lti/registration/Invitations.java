package org.cairn.lti.registration;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.cairn.Problem;
import org.cairn.Sha256;
import org.cairn.TenantId;
import org.cairn.db.Database;

/**
 * Invitations of an LMS to register itself (Dynamic Registration 1.0): a link with a secret of 256 bits that is shown once, works once,
 * and of which only the hash is kept. Safe for many threads.
 */
public final class Invitations {

    /** Where an invitation leads; its secret is the last part of the path. */
    public static final String PATH = "/lti/register/";

    public static final Duration USUAL = Duration.ofDays(7);
    public static final Duration LONGEST = Duration.ofDays(90);

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What the administrator of the LMS pastes into it. {@code link} holds the secret, and is never to be had again. */
    public record Issued(Invitation invitation, URI link) {

        @Override
        public String toString() {
            return "Issued[" + invitation.label() + "]";
        }
    }

    private final Database database;
    private final URI publicUrl;
    private final Clock clock;

    public Invitations(Database database, URI publicUrl, Clock clock) {
        this.database = database;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * Invites an LMS on behalf of a tenant.
     *
     * @param label what the LMS will be called here, up to 255 characters
     * @param life from one minute to 90 days
     * @throws Problem UNPROCESSABLE where label or life are outside of that
     */
    public Issued create(TenantId tenant, String label, Duration life) {
        var name = label.strip();
        if (name.isEmpty() || name.length() > 255) {
            throw refused("An invitation needs a name for the LMS, of up to 255 characters.");
        }
        if (life.compareTo(Duration.ofMinutes(1)) < 0 || life.compareTo(LONGEST) > 0) {
            throw refused("An invitation can be open for up to 90 days, and for no less than a minute.");
        }
        var secret = secret();
        var id = Sha256.hex(secret);
        var invitation = database.inTransaction(db -> {
            var now = clock.instant();
            InvitationStore.add(db, tenant, id, name, now, now.plus(life));
            return InvitationStore.find(db, id).orElseThrow();
        });
        return new Issued(invitation, publicUrl.resolve(PATH + secret));
    }

    /** All that a tenant ever gave out, the newest first. */
    public List<Invitation> list(TenantId tenant) {
        return list(List.of(tenant));
    }

    /** All that these tenants ever gave out, the newest first. */
    public List<Invitation> list(Collection<TenantId> tenants) {
        return database.inTransaction(db -> InvitationStore.list(db, tenants));
    }

    /**
     * Takes an open invitation back.
     *
     * @throws Problem NOT_FOUND where the tenant has none of this id that is unused
     */
    public void withdraw(TenantId tenant, String id) {
        if (!database.inTransaction(db -> InvitationStore.withdraw(db, tenant, id, clock.instant()))) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "invitation_unknown",
                    "There is no such open invitation; it may have been used or withdrawn meanwhile.");
        }
    }

    /**
     * The open invitation of this secret.
     *
     * @throws Problem NOT_FOUND where there is none, CONFLICT where it was used, has expired or was withdrawn
     */
    Invitation open(String secret) {
        var invitation = database.inTransaction(db -> InvitationStore.find(db, Sha256.hex(secret)))
                .orElseThrow(() -> new Problem(
                        Problem.Kind.NOT_FOUND,
                        "invitation_unknown",
                        "This is no invitation of Cairn's; copy the whole link again, or ask for a new one."));
        return switch (invitation.state(clock.instant())) {
            case OPEN -> invitation;
            case USED ->
                throw closed(
                        "invitation_used",
                        "This invitation has been used; ask an administrator of Cairn for a new one.");
            case EXPIRED ->
                throw closed(
                        "invitation_expired",
                        "This invitation has expired; ask an administrator of Cairn for a new one.");
            case WITHDRAWN ->
                throw closed(
                        "invitation_withdrawn",
                        "This invitation was withdrawn; ask an administrator of Cairn for a new one.");
        };
    }

    static Problem closed(String code, String sentence) {
        return new Problem(Problem.Kind.CONFLICT, code, sentence);
    }

    private static Problem refused(String sentence) {
        return new Problem(Problem.Kind.UNPROCESSABLE, "invitation_refused", sentence);
    }

    private static String secret() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
