package org.cairn.people;

import org.cairn.AccountId;
import org.cairn.LearnerId;
import org.cairn.PlatformId;
import org.cairn.TenantId;
import org.jspecify.annotations.Nullable;

/** Somebody as one platform knows her, by (tenant, platform, sub) and never by e-mail; {@code learner} is the person behind it. */
public record Account(
        AccountId id,
        TenantId tenant,
        PlatformId platform,
        String sub,
        LearnerId learner,
        @Nullable String name,
        boolean testUser) {

    /** Whether nothing that is said of this person is news. */
    public boolean isAs(Person person) {
        return (person.name() == null || person.name().equals(name)) && (testUser || !person.testUser());
    }
}
