package org.cairn.lti.registration;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairn.PlatformId;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.lti.Platform;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.service.Tokens;
import org.cairn.outbound.Call;
import org.cairn.outbound.Outbound;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Registrations that are changed after they were made (RFC 7592), under a token of their own, kept sealed, or of the LMS's services. */
final class Changes {

    private final Database database;
    private final Keys keys;
    private final Outbound outbound;
    private final ToolConfiguration tool;
    private final Tokens tokens;

    Changes(Database database, Keys keys, Outbound outbound, ToolConfiguration tool, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.outbound = outbound;
        this.tool = tool;
        this.tokens = new Tokens(outbound, keys, clock);
    }

    /**
     * Tells an LMS what Cairn is now (RFC 7592 §2.1, §2.2): reads the registration, and replaces it.
     *
     * @throws Problem UNPROCESSABLE where the LMS gave no address for that, UPSTREAM where it cannot be reached
     */
    Outcome update(PlatformId id) {
        var platform = database.inTransaction(db -> PlatformStore.get(db, id));
        var read = send(platform, Call.get(kept(id).address(), "application/json"));
        if (!isOf(platform, read)) {
            return outcome(platform, read);
        }
        database.inTransaction(db -> keep(db, platform, read, kept(db, id)));
        var written = send(platform, write(platform, kept(id).address()));
        if (isOf(platform, written)) {
            database.inTransaction(db -> keep(db, platform, written, kept(db, id)));
        }
        return outcome(platform, written);
    }

    private Call write(Platform platform, URI address) {
        var body = tool.describe(Product.of(platform.product()), Set.of(), Set.of());
        body.put("client_id", platform.clientId());
        return new Call(
                "PUT",
                address,
                Map.of("Accept", "application/json", "Content-Type", "application/json"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps where a registration is changed, and under which token, if the LMS says so. */
    void keep(DSLContext db, Platform platform, RegistrationAnswer answer) {
        keep(db, platform, answer, null);
    }

    private static Outcome outcome(Platform platform, RegistrationAnswer answer) {
        return new Outcome(
                platform,
                null,
                answer.status(),
                answer.shown(),
                isOf(platform, answer) ? "" : answer.cause(),
                "",
                platform.frameOrigins());
    }

    private static boolean isOf(Platform platform, RegistrationAnswer answer) {
        return answer.clientId().equals(Optional.of(platform.clientId()));
    }

    private RegistrationAnswer send(Platform platform, Call call) {
        var kept = kept(platform.id()).token();
        var token = kept == null ? serviceToken(platform) : ownToken(platform, kept);
        return new RegistrationAnswer(outbound.send(call.under(token)));
    }

    private String ownToken(Platform platform, String kept) {
        return keys.open(purpose(platform), kept)
                .orElseThrow(
                        () -> new Problem(
                                Problem.Kind.UNPROCESSABLE,
                                "master_key_wrong",
                                "The token of this registration was encrypted under another master key; put the backup of that one in its place."));
    }

    /** Where a registration came without a token of its own, it is changed under one of the LMS's services, as in Canvas. */
    private String serviceToken(Platform platform) {
        try {
            return tokens.get(platform, Set.of(ToolConfiguration.REGISTRATION_SCOPE));
        } catch (Problem problem) {
            throw new Problem(
                    Problem.Kind.UPSTREAM,
                    "registration_token_refused",
                    "The LMS gave Cairn no token to change its registration; invite it again, and choose to update Cairn there.",
                    problem.code());
        }
    }

    private RegistrationStore.Update kept(PlatformId id) {
        return database.inTransaction(db -> kept(db, id));
    }

    private static RegistrationStore.Update kept(DSLContext db, PlatformId id) {
        return RegistrationStore.findUpdate(db, id)
                .orElseThrow(
                        () -> new Problem(
                                Problem.Kind.UNPROCESSABLE,
                                "registration_not_updatable",
                                "This LMS gave no address where its registration can be changed; invite it again, and choose to update Cairn there."));
    }

    /** A newer token takes the place of the one before; an address outside of the LMS is never given one. */
    private @Nullable Void keep(
            DSLContext db, Platform platform, RegistrationAnswer answer, RegistrationStore.@Nullable Update before) {
        var said = answer.updateAddress().filter(platform::isItsOwn);
        var address = said.orElse(before == null ? null : before.address());
        if (address != null) {
            var token = answer.updateToken()
                    .map(text -> keys.seal(purpose(platform), text))
                    .orElse(before == null ? null : before.token());
            RegistrationStore.keepUpdate(db, platform.id(), address, token);
        }
        return null;
    }

    private static String purpose(Platform platform) {
        return "lti/registration/" + platform.id();
    }
}
