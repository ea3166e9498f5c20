package org.cairn.sandbox;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an administrator of this LMS does: tools, how they come and where they are. */
public final class AdminPages {

    /** {@code waiting} are tools that registered themselves and are not installed anywhere. */
    public record View(List<Tool> tools, List<Tool> waiting, String problem, String message) {}

    /** A tool that is registering itself, in a frame. */
    public record RegisterView(String src, String origin) {}

    private final Lms lms;
    private final Pages pages;
    private final Invitations invitations;
    private final Registrations registrations;

    AdminPages(Lms lms, Pages pages, Invitations invitations, Registrations registrations) {
        this.lms = lms;
        this.pages = pages;
        this.invitations = invitations;
        this.registrations = registrations;
    }

    void show(Context context) {
        var isRegistered = context.queryParam("registered") != null;
        show(context, "", isRegistered ? "The tool's page has closed itself. What it registered is in the list." : "");
    }

    /** Canvas's second step: a registered tool is put to work. */
    void install(Context context) {
        var installed = registrations.install(String.valueOf(context.formParam("client")));
        Answers.require(installed.isPresent(), 404, "No such tool");
        context.redirect("/admin", HttpStatus.SEE_OTHER);
    }

    /** Opens the address that a tool gave for registering itself. */
    void register(Context context) {
        var address = address(context.formParam("address"));
        if (address == null) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            show(context, "Type the address that the tool gave you, as it is: it begins with https:// or http://.", "");
            return;
        }
        var origin = Tool.origin(address);
        pages.secure(context, origin);
        Pages.render(
                context, "register", new RegisterView(invitations.open(address).toString(), origin));
    }

    private void show(Context context, String problem, String message) {
        Pages.render(context, "admin", new View(lms.tools(), registrations.waiting(), problem, message));
    }

    private static @Nullable URI address(@Nullable String typed) {
        try {
            var address = URI.create(String.valueOf(typed).strip());
            boolean isWeb = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            return isWeb && address.getHost() != null ? address : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
