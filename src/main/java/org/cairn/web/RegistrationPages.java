package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.cairn.Problem;
import org.cairn.db.Database;
import org.cairn.lti.registration.CanvasKey;
import org.cairn.lti.registration.Invitations;
import org.cairn.lti.registration.Outcome;
import org.cairn.lti.registration.Registrations;
import org.cairn.people.TenantStore;
import org.jspecify.annotations.Nullable;

/** What an LMS's administrator sees when an LMS follows an invitation: who asks, and what came of it. It needs neither cookie nor script. */
public final class RegistrationPages {

    /** Who asks. {@code tenant} is the institution that it will be connected to. */
    public record View(Frame frame, String path, String tenant, Registrations.Asking asking) {}

    public record Done(Frame frame, Outcome outcome) {}

    private final Database database;
    private final Registrations registrations;
    private final URI publicUrl;

    RegistrationPages(Database database, Registrations registrations, URI publicUrl) {
        this.database = database;
        this.registrations = registrations;
        this.publicUrl = publicUrl;
    }

    void show(Context context) {
        var secret = context.pathParam("secret");
        var asking = registrations.ask(
                secret, context.queryParam("openid_configuration"), given(context.queryParam("registration_token")));
        var tenant = database.inTransaction(
                        db -> TenantStore.get(db, asking.invitation().tenant()))
                .name();
        var origins = asking.configuration().origins();
        var frame = new Frame("Connect your LMS", origins);
        Pages.framed(context, "registration", new View(frame, Invitations.PATH + secret, tenant, asking), origins);
    }

    /** Who presses the button proves it by the invitation's secret and by what is sealed in the page; there is no session. */
    void connect(Context context) {
        var form = context.formParam("registration");
        if (form == null || !Browsers.isFromUs(context, publicUrl)) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "form_foreign",
                    "This form did not come from Cairn's own page; begin again from your LMS's form for registering tools.");
        }
        var outcome = registrations.register(context.pathParam("secret"), form);
        if (!outcome.isSuccess()) {
            context.status(outcome.status() == 0 || outcome.status() >= 500 ? 502 : 422);
        }
        var frame = new Frame(outcome.isSuccess() ? "Connected" : "Not connected", outcome.origins());
        Pages.framed(context, "registered", new Done(frame, outcome), outcome.origins());
    }

    void canvasKey(Context context) {
        context.header("Cache-Control", "public, max-age=300")
                .contentType("application/json")
                .result(CanvasKey.json(publicUrl).getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
