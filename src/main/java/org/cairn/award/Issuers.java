package org.cairn.award;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cairn.Problem;
import org.cairn.TenantId;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.IssuerNameStore;
import org.cairn.catalog.IssuerStore;
import org.cairn.db.Database;
import org.cairn.openbadges.Credentials;
import org.cairn.openbadges.IssuerDocuments;
import org.cairn.openbadges.IssuerProfile;
import org.cairn.people.Tenant;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a tenant's issuer is called and signs with. Whatever is changed, all that stands is issued anew ({@link Renewing}), and what was handed out goes on being verified. */
public final class Issuers {

    private static final Logger LOG = LoggerFactory.getLogger(Issuers.class);
    private static final Duration LOOK_EVERY = Duration.ofDays(1);

    private final Database database;
    private final Catalogues catalogues;
    private final Credentials credentials;
    private final OwnDomain ownDomain;
    private final Clock clock;

    /** {@code outside} is what an address answers with, or throws Problem. */
    public Issuers(
            Database database,
            Catalogues catalogues,
            Credentials credentials,
            IssuerDocuments documents,
            Function<URI, byte[]> outside,
            Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.credentials = credentials;
        this.ownDomain = new OwnDomain(database, credentials.addresses(), documents, outside);
        this.clock = clock;
    }

    /** Gives each of these tenants that has none an issuer. Its address here is one of its names from now on, whatever it will be called. */
    public void begin(DSLContext db, Collection<Tenant> tenants) {
        IssuerStore.begin(db, tenants, clock.instant());
        var issuers =
                IssuerStore.list(db, tenants.stream().map(Tenant::id).toList()).values();
        var names = issuers.stream()
                .collect(Collectors.toMap(
                        Function.identity(), issuer -> credentials.addresses().issuer(issuer.id())));
        IssuerNameStore.remember(db, names, clock.instant());
    }

    /** Names it by its address here. */
    public void nameByAddress(TenantId tenant) {
        name(tenant, null);
    }

    /** Names it by a key: for trials, since verifiers need no document, and since the key can never change. */
    public void nameByKey(TenantId tenant) {
        name(tenant, database.inTransaction(db -> credentials.keyDid(db, IssuerStore.get(db, tenant))));
    }

    /**
     * Names it by a did:web, whose document has to name all its keys already: nothing is ever signed in a name that says nothing.
     *
     * @throws Problem UNPROCESSABLE where that is no did:web, or its document is not this issuer's; UPSTREAM where it cannot be fetched
     */
    public void nameByWeb(TenantId tenant, String did) {
        var issuer = database.inTransaction(db -> IssuerStore.get(db, tenant));
        ownDomain.require(issuer, did);
        name(tenant, did);
    }

    /**
     * Looks whether the document on the institution's own domain still names all keys, as a copy of it does not when one was made or withdrawn since.
     *
     * @throws Problem as {@link #nameByWeb} does
     */
    public void requirePublished(TenantId tenant) {
        var issuer = database.inTransaction(db -> IssuerStore.get(db, tenant));
        var did = issuer.did();
        if (did == null || issuer.isKey()) {
            return;
        }
        try {
            ownDomain.require(issuer, did);
            looked(tenant, null);
        } catch (Problem problem) {
            looked(tenant, problem.sentence());
            throw problem;
        }
    }

    /** Looks at the documents on institutions' own domains that nobody has looked at for a day, and writes down what it finds. */
    public void lookAgain() {
        var since = clock.instant().minus(LOOK_EVERY);
        for (var issuer : database.inTransaction(db -> IssuerStore.unlooked(db, since))) {
            try {
                requirePublished(issuer.tenant());
            } catch (Problem problem) {
                LOG.warn("The document of {} is not as it should be ({}).", issuer.did(), problem.code());
            }
        }
    }

    private void looked(TenantId tenant, @Nullable String fault) {
        database.inTransaction(db -> {
            IssuerStore.looked(db, tenant, fault, clock.instant());
            return null;
        });
    }

    private void name(TenantId tenant, @Nullable String did) {
        database.inTransaction(db -> {
            IssuerStore.name(db, tenant, did);
            renew(db, tenant);
            return null;
        });
    }

    /** Asks that all that stands be issued anew by the name and at the addresses of now. */
    public void renew(TenantId tenant) {
        database.inTransaction(db -> {
            renew(db, tenant);
            return null;
        });
    }

    /** What tokens are signed with from now on; those that there are stay as they are. */
    public void signTokensWith(TenantId tenant, IssuerProfile.TokenAlgorithm algorithm) {
        database.inTransaction(db -> {
            IssuerStore.signTokensWith(db, tenant, algorithm);
            catalogues.outdate(db, tenant);
            return null;
        });
    }

    /**
     * Withdraws a key that somebody else may have: nothing that it signed is to be believed any more, so all that stands is issued anew. An issuer
     * that is its key is named by its address from now on.
     *
     * @throws Problem NOT_FOUND where it has no such key
     */
    public void withdrawKey(TenantId tenant, String kid) {
        database.inTransaction(db -> {
            var issuer = IssuerStore.get(db, tenant);
            credentials.withdrawKey(db, issuer, kid);
            if (issuer.isKey()) {
                IssuerStore.name(db, tenant, null);
            }
            renew(db, tenant);
            return null;
        });
    }

    private void renew(DSLContext db, TenantId tenant) {
        var issuer = IssuerStore.get(db, tenant);
        var name = credentials.addresses().name(issuer);
        IssuerNameStore.remember(db, Map.of(issuer, name), clock.instant());
        IssuerStore.askRenewal(db, tenant, name, clock.instant());
        catalogues.outdate(db, tenant);
    }
}
