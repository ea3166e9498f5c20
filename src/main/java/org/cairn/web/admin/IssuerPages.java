package org.cairn.web.admin;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.cairn.award.Issuers;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.keys.IssuerKey;
import org.cairn.keys.KeyAlgorithm;
import org.cairn.keys.Keys;
import org.cairn.openbadges.Addresses;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.openbadges.WebDid;
import org.cairn.people.OperatorActionStore;
import org.cairn.people.Tenant;
import org.cairn.web.FormFields;
import org.cairn.web.Pages;
import org.jspecify.annotations.Nullable;

/** Who signs for each institution: what credentials call it, and its keys. */
public final class IssuerPages {

    /** A line of the list of issuers. */
    public record Entry(String tenant, String name, String called, String path, boolean isPublished) {}

    public record ListView(AdminFrame frame, List<Entry> issuers) {}

    /** A key: with the word and style of its state, and from when it signs. */
    public record Key(
            String kid,
            String use,
            String word,
            String style,
            String note,
            @Nullable String withdrawal) {}

    /**
     * @param called what credentials call it
     * @param kind by what: address, hosted (a DID at this Cairn), web (one on a domain of its own) or key
     * @param ownDid its name on a domain of the institution's; null where it has none
     * @param looked what was found on that domain, and when; null where nobody has looked
     * @param isRenewing whether all is being issued anew
     */
    public record View(
            AdminFrame frame,
            String tenant,
            String path,
            String issuer,
            String called,
            String kind,
            String address,
            String hostedDid,
            @Nullable String ownDid,
            @Nullable String ownAddress,
            @Nullable Looked looked,
            String tokens,
            boolean isRenewing,
            List<Key> keys) {}

    /** A look at the institution's own domain; {@code fault} is null where all was right. */
    public record Looked(String on, @Nullable String fault) {}

    /** Asks before a key is withdrawn. */
    public record WithdrawView(AdminFrame frame, String tenant, String back, String kid, boolean isKey) {}

    private final Database database;
    private final Issuers issuers;
    private final Addresses addresses;
    private final Keys keys;
    private final Clock clock;

    IssuerPages(Database database, Issuers issuers, Addresses addresses, Keys keys, Clock clock) {
        this.database = database;
        this.issuers = issuers;
        this.addresses = addresses;
        this.keys = keys;
        this.clock = clock;
    }

    void list(Context context, AdminVisit visit) {
        var ids = visit.tenants().stream().map(Tenant::id).toList();
        var entries = database.inTransaction(db -> {
            var issuers = IssuerStore.list(db, ids);
            var unpublished = IssuerStore.unpublished(db, ids);
            return visit.tenants().stream()
                    .map(tenant -> entry(
                            tenant,
                            Objects.requireNonNull(issuers.get(tenant.id())),
                            !unpublished.contains(tenant.id())))
                    .toList();
        });
        Pages.own(context, "admin/issuers", new ListView(visit.frame(context, "Issuers", "/admin/issuers"), entries));
    }

    private Entry entry(Tenant tenant, IssuerProfile issuer, boolean isPublished) {
        return new Entry(tenant.name(), issuer.name(), addresses.name(issuer), path(tenant), isPublished);
    }

    void show(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        var view = database.inTransaction(db -> {
            var issuer = IssuerStore.get(db, tenant.id());
            boolean isRenewing = IssuerStore.renewal(db, tenant.id()).isPresent();
            return view(
                    visit.frame(context, "The issuer of " + tenant.name(), "/admin/issuers"),
                    tenant,
                    issuer,
                    IssuerStore.publication(db, tenant.id())
                            .map(seen -> new Looked(Moments.day(seen.lookedAt()), seen.fault()))
                            .orElse(null),
                    isRenewing,
                    keys.issuerKeys(db, issuer.id()));
        });
        Pages.own(context, "admin/issuer", view);
    }

    private View view(
            AdminFrame frame,
            Tenant tenant,
            IssuerProfile issuer,
            @Nullable Looked looked,
            boolean isRenewing,
            List<IssuerKey> published) {
        var hosted = addresses.did(issuer.id());
        var did = issuer.did();
        var own = did == null || issuer.isKey() || did.equals(hosted) ? null : did;
        return new View(
                frame,
                tenant.name(),
                path(tenant),
                issuer.name(),
                addresses.name(issuer),
                did == null ? "address" : issuer.isKey() ? "key" : own == null ? "hosted" : "web",
                addresses.issuer(issuer.id()),
                hosted,
                own,
                own == null ? null : WebDid.address(own),
                own == null ? null : looked,
                issuer.tokens().name(),
                isRenewing,
                published.stream().map(key -> key(tenant, issuer, key)).toList());
    }

    private static Key key(Tenant tenant, IssuerProfile issuer, IssuerKey key) {
        var use = key.published().algorithm() == KeyAlgorithm.ED25519 ? "proofs in JSON" : "tokens";
        return new Key(
                key.kid(),
                "%s (%s)".formatted(use, key.published().algorithm()),
                word(key),
                style(key),
                note(key),
                key.state() == IssuerKey.State.WITHDRAWN ? null : path(tenant) + "/keys/" + key.kid() + "/withdrawal");
    }

    void name(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        switch (FormFields.text(context, "kind")) {
            case "address" -> issuers.nameByAddress(tenant.id());
            case "key" -> issuers.nameByKey(tenant.id());
            case "hosted" -> issuers.nameByWeb(tenant.id(), hosted(tenant));
            default -> issuers.nameByWeb(tenant.id(), Fields.line(context, "did", "The name", 400));
        }
        note(visit, tenant, "named the issuer of");
        AdminVisit.go(context, path(tenant), Done.ISSUER_NAMED);
    }

    private String hosted(Tenant tenant) {
        return database.inTransaction(
                db -> addresses.did(IssuerStore.get(db, tenant.id()).id()));
    }

    /** Looks at what the institution's own domain publishes; where that is not all, the answer says so. */
    void look(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        issuers.requirePublished(tenant.id());
        AdminVisit.go(context, path(tenant), Done.ISSUER_PUBLISHED);
    }

    void signTokens(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        var algorithm = Fields.id(context.formParam("algorithm"), IssuerProfile.TokenAlgorithm::valueOf);
        issuers.signTokensWith(tenant.id(), algorithm);
        note(visit, tenant, "chose %s for tokens of".formatted(algorithm));
        AdminVisit.go(context, path(tenant), Done.SAVED);
    }

    void renew(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        issuers.renew(tenant.id());
        note(visit, tenant, "issued anew all of");
        AdminVisit.go(context, path(tenant), Done.ISSUER_RENEWED);
    }

    void rotate(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        var algorithm = Fields.id(context.formParam("algorithm"), KeyAlgorithm::valueOf);
        var issuer = database.inTransaction(db -> IssuerStore.get(db, tenant.id()));
        if (issuer.isKey()) {
            throw Fields.refused("This issuer is its key, which therefore cannot change; give it another name first.");
        }
        keys.rotate(issuer.id(), algorithm);
        note(visit, tenant, "made the next key of");
        AdminVisit.go(context, path(tenant), Done.ISSUER_KEY_MADE);
    }

    void askWithdraw(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        var kid = context.pathParam("key");
        var issuer = database.inTransaction(db -> {
            var found = IssuerStore.get(db, tenant.id());
            boolean isThere = keys.issuerKeys(db, found.id()).stream()
                    .anyMatch(key -> key.kid().equals(kid) && key.state() != IssuerKey.State.WITHDRAWN);
            if (!isThere) {
                throw AdminVisit.notHere();
            }
            return found;
        });
        var frame = visit.frame(context, "Withdraw a key", "/admin/issuers");
        Pages.own(
                context,
                "admin/issuer-key-withdrawal",
                new WithdrawView(frame, tenant.name(), path(tenant), kid, issuer.isKey()));
    }

    void withdraw(Context context, AdminVisit visit) {
        var tenant = visit.tenantInPath(context);
        issuers.withdrawKey(tenant.id(), context.pathParam("key"));
        note(visit, tenant, "withdrew a key of");
        AdminVisit.go(context, path(tenant), Done.ISSUER_KEY_WITHDRAWN);
    }

    private void note(AdminVisit visit, Tenant tenant, String action) {
        database.inTransaction(db -> {
            OperatorActionStore.add(db, visit.operator(), tenant.id(), action, tenant.name(), clock.instant());
            return null;
        });
    }

    private static String word(IssuerKey key) {
        return switch (key.state()) {
            case NEXT -> "Next";
            case ACTIVE -> "Signs";
            case RETIRED -> "Retired";
            case WITHDRAWN -> "Withdrawn";
        };
    }

    private static String style(IssuerKey key) {
        return switch (key.state()) {
            case NEXT -> "open";
            case ACTIVE -> "earned";
            case RETIRED -> "closed";
            case WITHDRAWN -> "revoked";
        };
    }

    private static String note(IssuerKey key) {
        var from = Moments.of(key.activeAt());
        return switch (key.state()) {
            case NEXT -> "signs from " + from;
            case ACTIVE -> "signs since " + from;
            case RETIRED -> "signed from %s; what it signed is believed".formatted(from);
            case WITHDRAWN -> "what it signed is not believed";
        };
    }

    private static String path(Tenant tenant) {
        return "/admin/issuers/" + tenant.id();
    }
}
