package org.cairn.web.admin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.cairn.Config;
import org.cairn.Problem;
import org.cairn.award.Deciding;
import org.cairn.award.Erasing;
import org.cairn.award.Issuers;
import org.cairn.catalog.Artworks;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.Endorsements;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.lti.KeySets;
import org.cairn.lti.doctor.Doctor;
import org.cairn.lti.registration.Invitations;
import org.cairn.openbadges.Addresses;
import org.cairn.openid.OpenId;
import org.jspecify.annotations.Nullable;

/**
 * The addresses under /admin. But for the sign-in, a page is only ever called with who is signed in, and a form only after it was found to
 * come from its own page: no page can forget to ask.
 */
public final class AdminRoutes {

    /** A page, or what a form asks for. */
    @FunctionalInterface
    public interface Page {
        void show(Context context, AdminVisit visit);
    }

    private final Database database;
    private final URI publicUrl;
    private final Clock clock;
    private final SignInPages signIn;
    private final OverviewPages overview;
    private final PlatformPages platforms;
    private final DeploymentPages deployments;
    private final DoctorPages doctor;
    private final RehearsalPages rehearsal;
    private final InvitationPages invitations;
    private final OutboxPages outbox;
    private final NoticePages notices;
    private final DryRunPages dryRuns;
    private final DesignPages designs = new DesignPages();
    private final PicturePages pictures;
    private final ApplicationPages applications;
    private final EndorsementPages endorsements;
    private final PeoplePages people;
    private final KeyPages keys;
    private final IssuerPages issuers;
    private final TenantPages tenants;
    private final OperatorPages operators;
    private final @Nullable OpenId openId;

    public AdminRoutes(
            Config config,
            Database database,
            Catalogues catalogues,
            Deciding deciding,
            Issuers issuers,
            Addresses addresses,
            Erasing erasing,
            Endorsements endorsements,
            Artworks artworks,
            Keys keys,
            KeySets keySets,
            Invitations invitations,
            Doctor doctor,
            Rehearsals rehearsals,
            @Nullable OpenId openId,
            Clock clock) {
        this.database = database;
        this.publicUrl = config.publicUrl();
        this.clock = clock;
        this.signIn = new SignInPages(database, openId, publicUrl, clock);
        this.overview = new OverviewPages(database, keys, invitations, config.rotateKeysEvery(), clock);
        this.platforms = new PlatformPages(database, keys, keySets, publicUrl, clock);
        this.deployments = new DeploymentPages(database, clock);
        this.doctor = new DoctorPages(database, doctor);
        this.rehearsal = new RehearsalPages(rehearsals);
        this.invitations = new InvitationPages(database, invitations, clock);
        this.outbox = new OutboxPages(database, clock);
        this.notices = new NoticePages(database, clock);
        this.dryRuns = new DryRunPages(database, catalogues, clock);
        this.applications = new ApplicationPages(database, catalogues, deciding, clock);
        this.endorsements = new EndorsementPages(database, endorsements, clock);
        this.pictures = new PicturePages(database, artworks);
        this.people = new PeoplePages(database, erasing);
        this.keys = new KeyPages(database, keys, config.rotateKeysEvery(), clock);
        this.issuers = new IssuerPages(database, issuers, addresses, keys, clock);
        this.tenants = new TenantPages(database, catalogues, issuers, clock);
        this.operators = new OperatorPages(database, openId, clock);
        this.openId = openId;
    }

    public void register(RoutesConfig routes) {
        routes.get("/admin/sign-in", signIn::show);
        routes.post("/admin/sign-in", signIn::enter);
        if (openId != null) {
            routes.get("/admin/sign-in/institution", signIn::beginAtInstitution);
            routes.get("/admin/sign-in/return", signIn::comeBack);
            form(routes, "/admin/link", signIn::beginLink);
        }
        form(routes, "/admin/sign-out", signIn::leave);
        page(routes, "/admin", overview::show);

        page(routes, "/admin/deployments", deployments::list);
        form(routes, "/admin/deployments/approvals", deployments::approve);
        form(routes, "/admin/deployments/refusals", deployments::refuse);
        page(routes, "/admin/deployments/{deployment}/move", deployments::askMove);
        form(routes, "/admin/deployments/{deployment}/move", deployments::move);
        page(routes, "/admin/deployments/{deployment}/doctor", doctor::show);
        form(routes, "/admin/deployments/{deployment}/doctor", doctor::examine);
        form(routes, "/admin/deployments/{deployment}/doctor/report", doctor::report);
        page(routes, "/admin/rehearsal", rehearsal::show);
        form(routes, "/admin/rehearsal", rehearsal::begin);

        page(routes, "/admin/platforms", platforms::list);
        page(routes, "/admin/platforms/{platform}", platforms::show);
        form(routes, "/admin/platforms/{platform}", platforms::change);
        form(routes, "/admin/platforms/{platform}/key-set", platforms::fetchKeys);
        form(routes, "/admin/platforms/{platform}/secrets", platforms::keepSecret);

        page(routes, "/admin/invitations", invitations::list);
        form(routes, "/admin/invitations", invitations::create);
        form(routes, "/admin/invitations/{invitation}/withdrawal", invitations::withdraw);

        page(routes, "/admin/outbox", outbox::list);
        form(routes, "/admin/outbox/deliveries", outbox::sendAgain);
        page(routes, "/admin/notices", notices::list);

        page(routes, "/admin/dry-run", dryRuns::show);
        form(routes, "/admin/dry-run", dryRuns::run);

        page(routes, "/admin/design", designs::show);
        page(routes, "/admin/pictures", pictures::list);
        form(routes, "/admin/pictures", PicturePages::requireReadable, pictures::upload);
        page(routes, "/admin/pictures/{tenant}/{picture}", pictures::show);
        page(routes, "/admin/pictures/{tenant}/{picture}/image.png", pictures::image);
        form(routes, "/admin/pictures/{tenant}/{picture}/removal", pictures::remove);

        page(routes, "/admin/applications", applications::list);
        form(routes, "/admin/applications/{application}/decision", applications::decide);

        page(routes, "/admin/endorsements", endorsements::list);
        form(routes, "/admin/endorsements", endorsements::take);
        form(routes, "/admin/endorsements/{endorsement}/withdrawal", endorsements::withdraw);
        form(routes, "/admin/endorsements/given", endorsements::give);
        form(routes, "/admin/endorsements/given/{endorsement}/revocation", endorsements::revoke);

        page(routes, "/admin/people", people::ask);
        form(routes, "/admin/people", people::find);
        page(routes, "/admin/people/{learner}", people::show);
        form(routes, "/admin/people/{learner}/erasure", people::erase);

        page(routes, "/admin/keys", keys::list);
        form(routes, "/admin/keys/rotation", keys::rotate);
        page(routes, "/admin/keys/{key}/withdrawal", keys::askWithdraw);
        form(routes, "/admin/keys/{key}/withdrawal", keys::withdraw);

        page(routes, "/admin/issuers", issuers::list);
        page(routes, "/admin/issuers/{tenant}", issuers::show);
        form(routes, "/admin/issuers/{tenant}/name", issuers::name);
        form(routes, "/admin/issuers/{tenant}/publication", issuers::look);
        form(routes, "/admin/issuers/{tenant}/tokens", issuers::signTokens);
        form(routes, "/admin/issuers/{tenant}/renewal", issuers::renew);
        form(routes, "/admin/issuers/{tenant}/keys", issuers::rotate);
        page(routes, "/admin/issuers/{tenant}/keys/{key}/withdrawal", issuers::askWithdraw);
        form(routes, "/admin/issuers/{tenant}/keys/{key}/withdrawal", issuers::withdraw);

        page(routes, "/admin/tenants", tenants::list);
        form(routes, "/admin/tenants", tenants::add);
        form(routes, "/admin/tenants/{tenant}", tenants::change);

        page(routes, "/admin/operators", operators::list);
        form(routes, "/admin/operators", operators::add);
        form(routes, "/admin/operators/{operator}/token", operators::renew);
        form(routes, "/admin/operators/{operator}/withdrawal", operators::withdraw);
    }

    private void page(RoutesConfig routes, String path, Page page) {
        routes.get(path, context -> {
            var visit = visit(context);
            if (visit.isPresent()) {
                page.show(context, visit.get());
            } else {
                context.redirect("/admin/sign-in", HttpStatus.SEE_OTHER);
            }
        });
    }

    private void form(RoutesConfig routes, String path, Page page) {
        form(routes, path, context -> {}, page);
    }

    /** {@code requireReadable} looks at the form of who is signed in before anything of it is read. */
    private void form(RoutesConfig routes, String path, Consumer<Context> requireReadable, Page page) {
        routes.post(path, context -> {
            var visit = visit(context)
                    .orElseThrow(
                            () -> new Problem(
                                    Problem.Kind.UNAUTHENTICATED,
                                    "operator_unknown",
                                    "You are not signed in, or were for more than eight hours; sign in at /admin and send this again."));
            requireReadable.accept(context);
            visit.checkForm(context, publicUrl);
            page.show(context, visit);
        });
    }

    private Optional<AdminVisit> visit(Context context) {
        context.header("Cache-Control", "no-store");
        return database.inTransaction(db -> AdminVisit.find(db, context, clock.instant()));
    }
}
