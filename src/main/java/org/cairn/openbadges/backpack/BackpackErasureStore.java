package org.cairn.openbadges.backpack;

import org.cairn.LearnerId;
import org.cairn.TenantId;
import org.jooq.DSLContext;

/** Erases which apps people let in, and what those brought. */
public final class BackpackErasureStore {

    /** How many there were. */
    public record Erased(int apps, int brought) {}

    private BackpackErasureStore() {}

    public static Erased erase(DSLContext db, TenantId tenant, LearnerId learner) {
        ConsentSessionStore.erase(db, tenant, learner);
        return new Erased(ConnectionStore.erase(db, tenant, learner), BroughtStore.erase(db, tenant, learner));
    }
}
