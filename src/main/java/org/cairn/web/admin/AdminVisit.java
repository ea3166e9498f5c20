package org.cairn.web.admin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.people.Browser;
import org.cairn.people.Operator;
import org.cairn.people.OperatorStore;
import org.cairn.people.Tenant;
import org.cairn.people.TenantStore;
import org.cairn.web.Browsers;
import org.jooq.DSLContext;

/**
 * An operator who is signed in, and the tenants that she runs. Every query of these pages is about those and no others.
 */
public record AdminVisit(Browser browser, Operator operator, List<Tenant> tenants) {

    static final String COOKIE = "cairn-operator";

    private static final String FORM = "admin";

    public AdminVisit {
        tenants = List.copyOf(tenants);
    }

    /** Who is signed in with this browser, if anybody. */
    static Optional<AdminVisit> find(DSLContext db, Context context, Instant now) {
        return browser(context)
                .flatMap(browser -> OperatorStore.signedIn(db, browser, now)
                        .map(operator -> new AdminVisit(browser, operator, tenants(db, operator))));
    }

    static Optional<Browser> browser(Context context) {
        return Browsers.find(context, COOKIE);
    }

    public List<TenantId> tenantIds() {
        return tenants.stream().map(Tenant::id).toList();
    }

    /** A tenant that she runs. Throws Problem NOT_FOUND for any other, as if it did not exist. */
    public Tenant tenant(TenantId wanted) {
        return tenants.stream()
                .filter(tenant -> tenant.id().equals(wanted))
                .findFirst()
                .orElseThrow(AdminVisit::notHere);
    }

    /** The tenant that a form names. Throws Problem NOT_FOUND where it is not one that she runs. */
    public Tenant tenant(Context context) {
        return tenant(Fields.id(context.formParam("tenant"), TenantId::of));
    }

    /** The tenant that a path names. Throws Problem NOT_FOUND where it is not one that she runs. */
    public Tenant tenantInPath(Context context) {
        return tenant(Fields.id(context.pathParam("tenant"), TenantId::of));
    }

    /** Throws Problem FORBIDDEN where she runs one tenant only: for what concerns all of them. */
    public void requireAll() {
        if (!operator.isOfAll()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "operator_of_all_needed",
                    "This concerns every tenant; ask an operator who runs all of them.");
        }
    }

    public String formToken() {
        return browser.formToken(FORM);
    }

    /** What a page needs to know of who looks at it. {@code here} is the path of its entry in the navigation. */
    public AdminFrame frame(Context context, String title, String here) {
        var scope = operator.isOfAll()
                ? "All tenants"
                : tenants.stream().findFirst().map(Tenant::name).orElse("");
        return AdminFrame.of(
                title,
                here,
                operator.name(),
                scope,
                operator.isOfAll(),
                formToken(),
                Done.of(context.queryParam("done")));
    }

    /** Goes back to a page after a form was sent; the page says what was done. */
    public static void go(Context context, String path, Done done) {
        context.redirect(path + "?done=" + done.code(), HttpStatus.SEE_OTHER);
    }

    static Problem notHere() {
        return new Problem(
                Problem.Kind.NOT_FOUND,
                "admin_unknown",
                "There is no such thing among what you run; it may have been removed meanwhile.");
    }

    /** Throws Problem FORBIDDEN unless the form came from a page that this browser was shown. */
    void checkForm(Context context, URI publicUrl) {
        if (!Browsers.isFromUs(context, publicUrl)
                || !isEqual(String.valueOf(context.formParam("token")), formToken())) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "form_refused",
                    "This form was not sent from its own page; go back, reload the page and send it again.");
        }
    }

    private static List<Tenant> tenants(DSLContext db, Operator operator) {
        return operator.tenant() == null ? TenantStore.list(db) : List.of(TenantStore.get(db, operator.tenant()));
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
